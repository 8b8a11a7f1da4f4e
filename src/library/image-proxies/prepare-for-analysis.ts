import { encodePublicId } from '../../base/public-id.ts';
import { MediaNotFoundError } from '../catalogue/media-errors.ts';
import type { ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import { createSingleFlight } from '../../base/async/single-flight.ts';
import { ObjectStorageError } from '../../base/object-storage/storage-errors.ts';
import type { ObjectStore } from '../../base/object-storage/object-store.ts';
import type { SingleImageProxies } from './single-image-proxies.ts';
import { type UploadedObject, type UploadOptions, uploadOriginal, uploadProxy } from './upload-original.ts';

/** Where a model finds an image. */
export interface AnalysisImage extends UploadedObject {
  bucket: string;
  presignedUrl: string;
  usedProxy: boolean;
}

interface AnalysisOptions extends Omit<UploadOptions, 'objectStore'> {
  imageProxies: Pick<SingleImageProxies, 'ensure'>;
  /** Null where none is configured. */
  objectStore: ObjectStore | null;
}

/**
 * Uploads an image to where a model can read it: its proxy if there is one or one is needed (or models do not read the
 * image's own format), else the image as it is. It is uploaded once, however many ask. Throws MediaNotFoundError,
 * NotAnImageError, UnreadableImageError, StorageError, ObjectStorageError.
 */
export type PrepareForAnalysis = (mediaId: number, profile: ImageProxyProfile) => Promise<AnalysisImage>;

export function createPrepareForAnalysis(options: AnalysisOptions): PrepareForAnalysis {
  const share = createSingleFlight<AnalysisImage>();
  return async (mediaId, profile) =>
    share(`${mediaId} ${profile.name}`, new AbortController().signal, () => prepare(options, mediaId, profile));
}

async function prepare(options: AnalysisOptions, mediaId: number, profile: ImageProxyProfile): Promise<AnalysisImage> {
  const { objectStore, imageProxies } = options;
  if (objectStore === null) throw ObjectStorageError.notConfigured();
  const proxy = await imageProxies.ensure(mediaId, profile, 'FORMAT');
  const object =
    proxy === null
      ? await uploadOriginal({ ...options, objectStore }, await findOriginal(options, mediaId))
      : await uploadProxy({ ...options, objectStore }, proxy);
  const presignedUrl = await objectStore.presign(object.key);
  return { bucket: objectStore.bucket, ...object, presignedUrl, usedProxy: proxy !== null };
}

async function findOriginal({ database }: AnalysisOptions, mediaId: number) {
  const item = await database.prisma.mediaItem.findUnique({
    where: { id: mediaId },
    select: { id: true, rootCategory: true, relativePath: true, filename: true, signature: true, mimeType: true },
  });
  if (item === null) throw new MediaNotFoundError(encodePublicId('MediaItem', mediaId));
  return item;
}
