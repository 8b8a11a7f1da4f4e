import type { ImageProxyFormat } from '../../base/config/image-proxy-profile.ts';
import { openInside } from '../../base/files/open-inside.ts';
import type { ObjectStore } from '../../base/object-storage/object-store.ts';
import { contentTypeOf } from './choose-format.ts';
import type { ImageProxyRecord } from './image-proxies.ts';
import type { AnalysisOptions, UploadedObject } from './prepare-for-analysis.ts';

/** Uploads a proxy to `proxies/`, unless the very same bytes are there, and remembers the key. */
export async function uploadProxy(
  { database, files, objectStore }: AnalysisOptions & { objectStore: ObjectStore },
  { id, filename, format, sha256, s3Key, s3Sha256, ...proxy }: ImageProxyRecord,
): Promise<UploadedObject> {
  const sizeBytes = Number(proxy.sizeBytes);
  const key = `proxies/${filename}`;
  // Somebody may have emptied the bucket.
  if (s3Key === key && s3Sha256 === sha256 && (await objectStore.sizeOf(key)) === sizeBytes) {
    return { key, sizeBytes, uploaded: false };
  }
  const remember = (data: { s3Key: string; s3Sha256: string | null }) =>
    database.prisma.imageProxy.updateMany({ where: { id }, data });
  // Before the object is there, so that none is ever forgotten in the store.
  await remember({ s3Key: key, s3Sha256: null });
  const { handle } = await openInside(files.folder, filename);
  const body = handle.createReadStream();
  try {
    await objectStore.put({ key, contentType: contentTypeOf(format as ImageProxyFormat), body });
  } finally {
    // A store that fails leaves it half read, and the handle would wait for it.
    body.destroy();
    await handle.close();
  }
  await remember({ s3Key: key, s3Sha256: sha256 });
  return { key, sizeBytes, uploaded: true };
}
