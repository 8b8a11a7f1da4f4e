import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { encodePublicId } from '../../base/public-id.ts';
import { MediaNotFoundError } from '../catalogue/media-errors.ts';
import type { Database } from '../../base/database/database.ts';
import { claimOriginalKey } from './sql/claim-original.ts';
import { DomainError, UnreadableImageError } from '../../base/errors/domain-error.ts';
import type { ObjectStore } from '../../base/object-storage/object-store.ts';
import { ObjectStorageError } from '../../base/object-storage/storage-errors.ts';
import { sanitizeStem } from './proxy-filename.ts';
import type { ImageProxyFormat } from '../../base/config/image-proxy-profile.ts';
import { openInside } from '../../base/files/open-inside.ts';
import { contentTypeOf } from './proxy-target.ts';
import type { ImageProxyRecord } from './single-image-proxies.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { OpenSource } from '../delivery/choose-source.ts';
import type { ProxyFiles } from './proxy-files.ts';

/** An object that is in the store. */
export interface UploadedObject {
  key: string;
  sizeBytes: number;
  /** Whether this call uploaded it; false where the object was there already. */
  uploaded: boolean;
}

/** What is needed to upload an image or its proxy. */
export interface UploadOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'findCategory'>;
  files: Pick<ProxyFiles, 'folder'>;
  openSource: OpenSource;
  objectStore: ObjectStore;
}

interface OriginalImage {
  id: number;
  rootCategory: string;
  relativePath: string;
  filename: string;
  signature: string;
  mimeType: string | null;
}

/** Uploads an image as it is to `uploads/`, unless this version of it is there, and stores the key. */
export async function uploadOriginal(
  { database, mediaConfig, openSource, objectStore }: UploadOptions,
  image: OriginalImage,
): Promise<UploadedObject> {
  const category = mediaConfig.findCategory(image.rootCategory);
  if (category === undefined) throw new MediaNotFoundError(encodePublicId('MediaItem', image.id));
  const known = await claimKey(database, image);
  const sizeBytes = Number(known.sizeBytes);
  if (known.signature === image.signature && (await objectStore.sizeOf(known.s3Key)) === sizeBytes) {
    return { key: known.s3Key, sizeBytes, uploaded: false };
  }
  const { key, rootPath, copypartyPath } = category;
  const contentType = image.mimeType ?? 'application/octet-stream';
  const { signal } = new AbortController();
  try {
    const source = await openSource(
      { category: key, rootPath, copypartyPath, relativePath: image.relativePath, contentType },
      { signal, expected: { start: 0, end: null } },
    );
    try {
      const isEmpty = source.sizeBytes === 0;
      const body = isEmpty ? Readable.from([]) : await source.open({ start: 0, end: source.sizeBytes - 1 }, signal);
      await objectStore.put({ key: known.s3Key, contentType, body });
    } finally {
      await source.close();
    }
    const stored = { signature: image.signature, sizeBytes: BigInt(source.sizeBytes) };
    await database.prisma.analysisOriginal.updateMany({ where: { s3Key: known.s3Key }, data: stored });
    return { key: known.s3Key, sizeBytes: source.sizeBytes, uploaded: true };
  } catch (error) {
    if (!(error instanceof DomainError) || error instanceof ObjectStorageError) throw error;
    throw new UnreadableImageError(error.message, { cause: error });
  }
}

/**
 * The row of the image's object: `uploads/<filename>`, or with the item's number where another image has that key. That
 * key too may be another image's name, but nothing else is in a folder of that number. The row is there before the object
 * is, so that no object is ever forgotten in the store.
 */
async function claimKey(database: Database, { id, filename }: OriginalImage) {
  const find = () => database.prisma.analysisOriginal.findUnique({ where: { mediaItemId: id } });
  const extension = extname(filename);
  const stem = sanitizeStem(filename);
  const keys = [`uploads/${filename}`, `uploads/${stem}_${id}${extension}`, `uploads/${id}/${stem}${extension}`];
  let known = await find();
  for (const key of keys) {
    if (known !== null) break;
    await claimOriginalKey(database, key, id);
    known = await find();
  }
  if (known === null) throw new MediaNotFoundError(encodePublicId('MediaItem', id));
  return known;
}

/** Uploads a proxy to `proxies/`, unless the very same bytes are there, and stores the key. */
export async function uploadProxy(
  { database, files, objectStore }: UploadOptions,
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
  // The key is stored before the object is there, so that no object is ever forgotten in the store.
  await remember({ s3Key: key, s3Sha256: null });
  const { handle } = await openInside(files.folder, filename);
  const body = handle.createReadStream();
  try {
    await objectStore.put({ key, contentType: contentTypeOf(format as ImageProxyFormat), body });
  } finally {
    // A store that fails leaves the stream half read, and the handle would wait for it.
    body.destroy();
    await handle.close();
  }
  await remember({ s3Key: key, s3Sha256: sha256 });
  return { key, sizeBytes, uploaded: true };
}
