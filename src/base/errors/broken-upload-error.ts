import { DomainError } from './domain-error.ts';

/** What was being sent ended before its end, or is not built as it should be; nothing of it was kept. */
export class BrokenUploadError extends DomainError {
  readonly code = 'BROKEN_UPLOAD';
}
