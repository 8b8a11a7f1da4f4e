import { DomainError } from '../errors/domain-error.ts';

/** The object storage is not configured, cannot be reached, or refuses; `cause` is its own error. */
export class ObjectStorageError extends DomainError {
  readonly code = 'OBJECT_STORAGE_ERROR';
  readonly httpStatus = 500;

  static notConfigured(): ObjectStorageError {
    return new ObjectStorageError(
      'No object storage is configured. Set S3_BUCKET, and S3_ENDPOINT where it is not AWS.',
    );
  }

  /** Objects have to be removed, and no store is configured in which they could be. */
  static leftBehind(count: number): ObjectStorageError {
    return new ObjectStorageError(
      count === 1
        ? '1 uploaded object of an image that is gone stays where it is: no object storage is configured. Set S3_BUCKET, and it is removed.'
        : `${count} uploaded objects of images that are gone stay where they are: no object storage is configured. Set S3_BUCKET, and they are removed.`,
    );
  }

  static of(error: unknown, bucket: string): ObjectStorageError {
    const name = error instanceof Error ? error.name : 'unknown error';
    const reason = remedies[name] ?? (error instanceof Error ? error.message : String(error));
    return new ObjectStorageError(`The object storage could not be used (${name}, bucket "${bucket}"): ${reason}`, {
      cause: error,
    });
  }
}

const remedies: Record<string, string | undefined> = {
  NoSuchBucket: 'there is no such bucket. Create it, or correct S3_BUCKET.',
  AccessDenied: 'its credentials do not allow that.',
  CredentialsProviderError: 'no credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  InvalidAccessKeyId: 'it does not know AWS_ACCESS_KEY_ID.',
  SignatureDoesNotMatch: 'AWS_SECRET_ACCESS_KEY is wrong.',
};
