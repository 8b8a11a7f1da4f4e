import { ServiceError, UnreachableError } from './api-errors.ts';
import { texts } from '../words/texts.ts';

/** Says in words what failed, and what becomes of it. */
export function describeFailure(error: unknown): string {
  if (error instanceof UnreachableError) {
    return error.answer === 'nothing' ? texts.failure.unreachable : texts.failure.nonsense;
  }
  if (error instanceof ServiceError) return error.isOfOldPage ? texts.failure.updated : error.message;
  return texts.failure.unknown;
}
