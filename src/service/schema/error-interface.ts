import { type DomainError, InvalidInputError, UnreadableImageError } from '../../base/errors/domain-error.ts';
import { StorageError } from '../../base/errors/storage-error.ts';
import { builder } from './builder.ts';

/** The interface of expected failures; the errors in result unions implement it. */
export const ErrorInterface = builder.interfaceRef<DomainError>('Error').implement({
  description: 'An expected failure.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, for programs: such as UNKNOWN_CATEGORY.' }),
    message: t.exposeString('message', { description: 'For people: what was wrong and what would be right.' }),
  }),
});

builder.objectType(InvalidInputError, {
  name: 'InvalidInputError',
  description: 'A value of the right type that makes no sense.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The argument or input field at fault, such as `input.limit`.' }),
  }),
});

builder.objectType(StorageError, {
  name: 'StorageError',
  description: 'A disk does not take a file, or does not let go of one. Everything is as it was.',
  interfaces: [ErrorInterface],
});

builder.objectType(UnreadableImageError, {
  name: 'UnreadableImageError',
  description: 'The file is no image that can be decoded here, or it cannot be read at all.',
  interfaces: [ErrorInterface],
});
