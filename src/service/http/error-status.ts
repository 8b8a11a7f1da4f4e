import type { DomainError } from '../../base/errors/domain-error.ts';

const statusOfCode = new Map([
  ['UNAUTHENTICATED', 401],
  ['FORBIDDEN', 403],
  ['UNKNOWN_HOST', 421],
  ['TOO_MANY_ATTEMPTS', 429],
  ['MEDIA_NOT_FOUND', 404],
  ['FILE_NOT_FOUND_ON_DISK', 404],
  ['NOT_A_REGULAR_FILE', 404],
  ['PATH_OUTSIDE_ROOT', 403],
  ['UNKNOWN_CATEGORY', 404],
  ['EMPTY_FOLDER', 404],
  ['IMAGE_PROXY_NOT_FOUND', 404],
  ['INVALID_INPUT', 400],
  ['BAD_MULTIPART_REQUEST', 400],
  ['MULTIPART_REQUEST_TOO_LARGE', 413],
  ['ARCHIVE_TOO_LARGE', 400],
  ['BROKEN_UPLOAD', 400],
  ['FILE_TOO_LARGE', 413],
  ['UNSUPPORTED_MEDIA', 415],
  ['STORAGE_ERROR', 507],
  ['IMAGE_NOT_FOUND', 404],
  ['AMBIGUOUS_IMAGE_NAME', 409],
  ['JOB_NOT_FOUND', 404],
  ['FILE_UNREADABLE', 500],
  ['FILE_SHRANK', 500],
  ['LENGTH_MISMATCH', 500],
  ['CATEGORY_OFFLINE', 503],
  ['SERVICE_BUSY', 503],
  ['UPSTREAM_UNREACHABLE', 502],
  ['UPSTREAM_REFUSED', 502],
  ['UPSTREAM_BROKEN', 502],
  ['UPSTREAM_TIMEOUT', 504],
]);

/** The HTTP status of a domain's error on the byte routes; 500 for one that was never expected to reach them. */
export function errorStatus(error: DomainError): number {
  return statusOfCode.get(error.code) ?? 500;
}
