import DataLoader from 'dataloader';
import type { Catalogue } from '../../library/catalogue/catalogue.ts';
import type { MediaRecord } from '../../library/catalogue/sql/media-rows.ts';
import { MediaNotFoundError } from '../../library/catalogue/media-errors.ts';
import { encodePublicId } from '../../base/public-id.ts';
import type { ImageProxies, ImageProxyRecord } from '../../library/image-proxies/image-proxies.ts';

/** What the items of a list ask for one by one, and one operation reads at once. */
export interface Loaders {
  /** Rejects where the item is gone. */
  mediaItem(id: number): Promise<MediaRecord>;
  imageProxy(mediaId: number, profile: string): Promise<ImageProxyRecord | null>;
  /** The earliest available item of the bytes with that SHA-256. */
  earliestOfHash(sha256: string): Promise<MediaRecord | null>;
}

interface LoaderServices {
  catalogue: Pick<Catalogue, 'findEarliestOfHashes' | 'findMany'>;
  imageProxies: Pick<ImageProxies, 'findOfItems' | 'profile'>;
}

export function createLoaders({ catalogue, imageProxies }: LoaderServices): Loaders {
  const mediaItems = new DataLoader<number, MediaRecord>(async (ids) => {
    const items = await catalogue.findMany(ids);
    return items.map((item, index) => item ?? new MediaNotFoundError(encodePublicId('MediaItem', ids[index] ?? 0)));
  });
  const earliestOfHashes = new DataLoader<string, MediaRecord | null>((hashes) =>
    catalogue.findEarliestOfHashes(hashes),
  );
  const proxiesByProfile = new Map<string, DataLoader<number, ImageProxyRecord | null>>();
  return {
    mediaItem: (id) => mediaItems.load(id),
    earliestOfHash: (sha256) => earliestOfHashes.load(sha256),
    imageProxy(mediaId, profile) {
      const { name } = imageProxies.profile(profile);
      let loader = proxiesByProfile.get(name);
      if (loader === undefined) {
        loader = new DataLoader((ids) => imageProxies.findOfItems(ids, name));
        proxiesByProfile.set(name, loader);
      }
      return loader.load(mediaId);
    },
  };
}
