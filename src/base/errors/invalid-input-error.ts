import { DomainError } from './domain-error.ts';

/** An argument has the right GraphQL type and a value that makes no sense. */
export class InvalidInputError extends DomainError {
  readonly code = 'INVALID_INPUT';
  /** The argument or input field at fault, such as `first` or `input.limit`. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}
