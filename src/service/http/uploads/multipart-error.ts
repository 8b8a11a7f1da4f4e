import { DomainError } from '../../../base/errors/domain-error.ts';

/** A multipart request that tells no operation. */
export class MultipartError extends DomainError {
  readonly code: 'BAD_MULTIPART_REQUEST' | 'MULTIPART_REQUEST_TOO_LARGE' = 'BAD_MULTIPART_REQUEST';

  constructor(reason: string, options?: ErrorOptions) {
    super(
      `${reason} The field "operations" comes first, then "map", then the files, as the GraphQL multipart request specification has it.`,
      options,
    );
  }
}

/** More of something than is read. */
export class MultipartTooLargeError extends MultipartError {
  override readonly code = 'MULTIPART_REQUEST_TOO_LARGE';
}
