import { findInOrder } from '../../base/paging.ts';
import { encodePublicId } from '../../base/public-id.ts';
import { MediaNotFoundError } from '../catalogue/media-errors.ts';
import type { ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import type { ImageProxy as ImageProxyRow } from '../../base/database/generated/sqlite/client.ts';
import { readProxyCandidates, type ProxyCandidate } from './sql/proxy-candidates.ts';
import { createSingleFlight } from '../../base/async/single-flight.ts';
import { findFresh } from './find-fresh.ts';
import { ImageProxyExistsError, NotAnImageError, toProxyError, UnknownProfileError } from './proxy-errors.ts';
import type { ProxyFiles } from './proxy-files.ts';
import type { ProxyRenderer } from './proxy-renderer.ts';
import type { ProxyWriter } from './proxy-writer.ts';
import type { RenderProxyInput } from './render-proxy.task.ts';

export type ImageProxyRecord = ImageProxyRow & { mediaItemId: number; sha256: string };

/** Image proxies (small stand-ins for analysis) of single images. */
export interface SingleImageProxies {
  /** The profile of that name. Throws UnknownProfileError. */
  profile(name: string): ImageProxyProfile;
  /**
   * The items' proxies, in the order of the ids; null for each that has none of its present file and its present
   * profile.
   */
  findOfItems(mediaIds: readonly number[], profile: string): Promise<(ImageProxyRecord | null)[]>;
  /** The proxies with these ids, in their order; null for each that is not there any more. */
  findMany(ids: readonly (number | null)[]): Promise<(ImageProxyRecord | null)[]>;
  /**
   * Makes an image's proxy, also of a small image. Throws MediaNotFoundError, NotAnImageError, UnreadableImageError,
   * StorageError, and without `force` ImageProxyExistsError.
   */
  create(mediaId: number, profile: ImageProxyProfile, options: { force: boolean }): Promise<ImageProxyRecord>;
  /**
   * The image's proxy, made where there is none and one is needed; null where none is. Throws what `create` throws,
   * but for ImageProxyExistsError.
   */
  ensure(
    mediaId: number,
    profile: ImageProxyProfile,
    small: RenderProxyInput['small'],
  ): Promise<ImageProxyRecord | null>;
}

export interface SingleImageProxiesOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current'>;
  files: ProxyFiles;
  renderer: ProxyRenderer;
  writer: ProxyWriter;
}

export function createSingleImageProxies(options: SingleImageProxiesOptions): SingleImageProxies {
  const { database, mediaConfig, files, renderer, writer } = options;
  const { prisma } = database;
  const share = createSingleFlight<ImageProxyRecord | null>(maxAtOnce);

  function findProfile(name: string): ImageProxyProfile | undefined {
    return mediaConfig.current().imageProxies.find((profile) => profile.name === name);
  }

  async function findImage(mediaId: number, profile: string): Promise<ProxyCandidate> {
    const rootCategories = mediaConfig.current().categories.map(({ key }) => key);
    const query = { profile, rootCategories, after: 0, limit: 1, ids: [mediaId] };
    const [item] = await readProxyCandidates(database, query);
    if (item === undefined) throw new MediaNotFoundError(encodePublicId('MediaItem', mediaId));
    if (item.mediaType !== 'IMAGE') throw new NotAnImageError(item.filename, item.mediaType);
    return item;
  }

  /** Calls for the same proxy at the same time share one rendering. */
  function make(
    item: ProxyCandidate,
    profile: ImageProxyProfile,
    small: RenderProxyInput['small'],
  ): Promise<ImageProxyRecord | null> {
    const key = `${item.id} ${profile.name} ${small}`;
    return share(key, new AbortController().signal, async () => {
      const rendering = await renderer.render(item, profile, { small, isUrgent: true });
      if (rendering.kind === 'FAILED') throw toProxyError(rendering);
      if (rendering.kind !== 'RENDERED') return null;
      const failures = await writer.write([{ item, rendered: rendering }], profile, null);
      for (const failure of failures.values()) throw failure;
      return findStored(item.id, profile.name, rendering.proxy.sha256);
    });
  }

  /** The row that was stored a moment ago. Another writer may have suspended it since, which removes only its hash. */
  async function findStored(mediaItemId: number, profile: string, sha256: string): Promise<ImageProxyRecord | null> {
    const row = await readRow(mediaItemId, profile);
    return row === null ? null : ({ ...row, sha256: row.sha256 ?? sha256 } as ImageProxyRecord);
  }

  function readRow(mediaItemId: number, profile: string): Promise<ImageProxyRow | null> {
    return prisma.imageProxy.findUnique({ where: { mediaItemId_profile: { mediaItemId, profile } } });
  }

  async function findRow(mediaItemId: number, profile: string): Promise<ImageProxyRecord | null> {
    const row = await readRow(mediaItemId, profile);
    return row !== null && isRecord(row) ? row : null;
  }

  return {
    profile(name) {
      const found = findProfile(name);
      if (found !== undefined) return found;
      const known = mediaConfig.current().imageProxies.map((profile) => profile.name);
      throw new UnknownProfileError(name, known);
    },
    async findOfItems(mediaIds, profile) {
      const rows = await prisma.imageProxy.findMany({
        where: { mediaItemId: { in: [...mediaIds] }, profile },
        include: { mediaItem: { select: { signature: true } } },
      });
      const wanted = findProfile(profile)?.shorterSide;
      const fresh = rows.filter(
        (row) => isRecord(row) && row.mediaItem?.signature === row.sourceSignature && row.targetDimension === wanted,
      );
      const byItem = new Map(fresh.map((row) => [row.mediaItemId, row as ImageProxyRecord]));
      return mediaIds.map((id) => byItem.get(id) ?? null);
    },
    findMany(ids) {
      return findInOrder(ids, async (known) => {
        const rows = await prisma.imageProxy.findMany({
          where: { id: { in: known }, mediaItem: { shelf: { status: { not: 'DELETED' } } } },
        });
        return rows.filter(isRecord);
      });
    },
    async create(mediaId, profile, { force }) {
      const item = await findImage(mediaId, profile.name);
      const existing = force ? null : await findFresh(item, profile, files);
      if (existing !== null) throw new ImageProxyExistsError(existing.id, existing.filename);
      const made = await make(item, profile, 'RENDER');
      if (made === null) throw new MediaNotFoundError(encodePublicId('MediaItem', mediaId));
      return made;
    },
    async ensure(mediaId, profile, small) {
      const item = await findImage(mediaId, profile.name);
      const existing = (await findFresh(item, profile, files)) && (await findRow(mediaId, profile.name));
      return existing ?? make(item, profile, small);
    },
  };
}

/** How many single proxies are made at once, each for a request that waits. Jobs have their own limit and do not count. */
const maxAtOnce = 64;

/** False for a row whose item is gone or whose file is being replaced. */
function isRecord(row: ImageProxyRow): row is ImageProxyRecord {
  return row.mediaItemId !== null && row.sha256 !== null;
}
