import type { ObjectStore } from './object-store.ts';
import type { S3Settings } from './s3-object-store.ts';

/**
 * Opens the configured object store; null where there is none. The AWS SDK is large, so it is loaded only where it is
 * used.
 */
export async function openObjectStore(settings: S3Settings | undefined): Promise<ObjectStore | null> {
  if (settings === undefined) return null;
  const { createS3ObjectStore } = await import('./s3-object-store.ts');
  return createS3ObjectStore(settings);
}
