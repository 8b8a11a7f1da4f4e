import { MediaNotFoundError } from '../catalogue/media-errors.ts';
import { encodePublicId } from '../../base/public-id.ts';
import type { ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import type { Database } from '../../base/database/database.ts';
import type { ProxyCandidate } from './sql/proxy-candidates.ts';
import { storeProxies, suspendProxies, type StoredProxy } from './sql/store-proxies.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import { proxyFilename } from './proxy-filename.ts';
import type { ProxyFiles } from './proxy-files.ts';
import type { RenderedProxy } from './proxy-renderer.ts';

export interface FinishedProxy {
  item: ProxyCandidate;
  rendered: RenderedProxy;
}

export interface ProxyWriter {
  /**
   * Stores rendered proxies, file and row. Returns the error of each item that failed, by the item's id. Where the database
   * cannot be written, throws its error and keeps none of the renders.
   */
  write(
    proxies: readonly FinishedProxy[],
    profile: ImageProxyProfile,
    jobId: string | null,
  ): Promise<Map<number, DomainError>>;
}

/**
 * A row describes the bytes under its name or none, whenever the process ends: first the rows of older proxies are
 * suspended, then the files are renamed into place, then the rows are stored. What a kill leaves in between is a file
 * without a row, or a suspended row; both count as no proxy, and are made again.
 */
export function createProxyWriter({ database, files }: { database: Database; files: ProxyFiles }): ProxyWriter {
  return {
    async write(proxies, profile, jobId) {
      try {
        return await writeAll(proxies, profile, jobId);
      } catch (error) {
        // Published files do not have these names any more; the next batch makes or removes them.
        await Promise.allSettled(proxies.map(({ rendered }) => files.discard(rendered.temporaryPath)));
        throw error;
      }
    },
  };

  async function writeAll(
    proxies: readonly FinishedProxy[],
    profile: ImageProxyProfile,
    jobId: string | null,
  ): Promise<Map<number, DomainError>> {
    const rows = proxies.map((proxy) => toRow(proxy, profile, jobId));
    const replaced = rows.filter((_row, index) => proxies[index]?.item.proxy !== null);
    await suspendProxies(database, replaced);
    const unpublished = await files.publish(
      rows.map(({ filename }, index) => ({ filename, temporaryPath: proxies[index]!.rendered.temporaryPath })),
    );
    const published = rows.filter(({ filename }) => !unpublished.has(filename));
    const stored = await database.transaction((transaction) => storeProxies(transaction, published, new Date()));
    const abandoned = published.filter(({ mediaItemId }) => !stored.has(mediaItemId));
    await files.remove(abandoned.map(({ filename }) => filename));
    const failures = new Map<number, DomainError>();
    for (const { mediaItemId, filename } of rows) {
      const failure = unpublished.get(filename);
      if (failure instanceof DomainError) failures.set(mediaItemId, failure);
      else if (failure !== undefined) throw failure;
      else if (!stored.has(mediaItemId)) failures.set(mediaItemId, notFound(mediaItemId));
    }
    return failures;
  }
}

/** The error for an item that was removed while its proxy was made. */
function notFound(id: number): MediaNotFoundError {
  return new MediaNotFoundError(encodePublicId('MediaItem', id));
}

function toRow(
  { item, rendered: { source, proxy, sourceSignature } }: FinishedProxy,
  { name, shorterSide }: ImageProxyProfile,
  jobId: string | null,
): StoredProxy {
  return {
    mediaItemId: item.id,
    profile: name,
    filename: proxyFilename(item, name, proxy.format),
    ...proxy,
    sourceSignature,
    originalWidth: source.width,
    originalHeight: source.height,
    originalSizeBytes: source.sizeBytes,
    wasResized: source.width !== proxy.width || source.height !== proxy.height,
    targetDimension: shorterSide,
    jobId,
  };
}
