import type { ObjectStore } from './object-store.ts';
import type { S3Settings } from './s3-object-store.ts';

/** The configured object store, or null. The AWS SDK is large: only who uses it loads it. */
export async function openObjectStore(settings: S3Settings | undefined): Promise<ObjectStore | null> {
  if (settings === undefined) return null;
  const { createS3ObjectStore } = await import('./s3-object-store.ts');
  return createS3ObjectStore(settings);
}
