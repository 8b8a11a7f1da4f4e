import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import PQueue from 'p-queue';
import type { ObjectStore } from './object-store.ts';
import { ObjectStorageError } from './storage-errors.ts';

export interface S3Settings {
  bucket: string;
  region: string;
  /** URL of the store; AWS where it is left out. */
  endpoint?: string;
  /** Whether the bucket stands in the path of its URLs, not in the host: most stores other than AWS want that. */
  forcePathStyle: boolean;
  /** How long presigned URLs work. */
  urlLifetimeSeconds: number;
}

/** The least that S3 takes for a part; what is smaller goes up in one request. Two parts are under way at a time. */
const partBytes = 8 * 1024 * 1024;
const partsAtOnce = 2;
/** Pauses between attempts double from a tenth of a second on, and differ by chance. */
const attempts = 5;
/** Objects are removed by single requests: not every store has S3's request for many at once. */
const deletionsAtOnce = 8;

/** Any store that speaks S3; credentials are found as the AWS SDK finds them. */
export function createS3ObjectStore(settings: S3Settings): ObjectStore {
  const { bucket, region, endpoint, forcePathStyle, urlLifetimeSeconds } = settings;
  const client = new S3Client({
    region,
    forcePathStyle,
    maxAttempts: attempts,
    // Checksums are requested where they matter; older stores do not know those that the SDK adds to every request.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
    ...(endpoint !== undefined && { endpoint }),
  });

  async function attempt<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw error instanceof BrokenBody ? error.cause : ObjectStorageError.of(error, bucket);
    }
  }

  return {
    bucket,
    put: ({ key, contentType, body }, signal) =>
      attempt(async () => {
        const upload = new Upload({
          client,
          params: { Bucket: bucket, Key: key, Body: body, ContentType: contentType, ChecksumAlgorithm: 'SHA256' },
          partSize: partBytes,
          queueSize: partsAtOnce,
        });
        const abort = () => void upload.abort();
        signal?.addEventListener('abort', abort, { once: true });
        try {
          await upload.done();
        } catch (error) {
          throw body.errored === null ? error : new BrokenBody('', { cause: body.errored });
        } finally {
          signal?.removeEventListener('abort', abort);
          body.destroy();
        }
      }),
    sizeOf: (key) =>
      attempt(async () => {
        try {
          const { ContentLength } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
          return ContentLength ?? 0;
        } catch (error) {
          if (isAbsence(error)) return null;
          throw error;
        }
      }),
    remove: (keys) =>
      attempt(async () => {
        const queue = new PQueue({ concurrency: deletionsAtOnce });
        const deletions = keys.map((Key) => new DeleteObjectCommand({ Bucket: bucket, Key }));
        await queue.addAll(deletions.map((deletion) => () => client.send(deletion)));
      }),
    presign: (key) =>
      attempt(() =>
        getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: urlLifetimeSeconds }),
      ),
    check: () =>
      attempt(async () => {
        // A HEAD of the bucket would not say what is wrong: its answer has no body.
        await client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }));
      }),
    close: () => client.destroy(),
  };
}

/** The body to be stored could not be read, which is no failure of the store. */
class BrokenBody extends Error {}

/** Whether the object is missing, or its bucket: a HEAD has no body that would say which. */
function isAbsence(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
}
