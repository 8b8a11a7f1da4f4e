import type { MediaConfig, MediaType } from '../../base/config/media-config.ts';
import type { Shelf } from './sql/shelves.ts';

export interface LibraryStats {
  totalItems: number;
  totalSizeBytes: number;
  categories: { key: string; label: string; count: number; sizeBytes: number }[];
  mediaTypes: { mediaType: MediaType; count: number; sizeBytes: number }[];
}

/** Sums up the available items, from the counts that the shelves keep. Every configured category appears. */
export function describeLibrary(config: Pick<MediaConfig, 'categories'>, shelves: readonly Shelf[]): LibraryStats {
  const available = shelves.filter((shelf) => shelf.status === 'AVAILABLE');
  const labels = new Map(config.categories.map(({ key, label }) => [key, label]));
  const keys = new Set([...labels.keys(), ...available.filter(hasItems).map((shelf) => shelf.category)]);
  const mediaTypes: MediaType[] = ['VIDEO', 'AUDIO', 'IMAGE'];
  const total = sum(available);
  return {
    totalItems: total.count,
    totalSizeBytes: total.sizeBytes,
    categories: [...keys].map((key) => ({
      key,
      label: labels.get(key) ?? key,
      ...sum(available.filter((shelf) => shelf.category === key)),
    })),
    mediaTypes: mediaTypes.map((mediaType) => ({
      mediaType,
      ...sum(available.filter((shelf) => shelf.mediaType === mediaType)),
    })),
  };
}

function hasItems(shelf: Shelf): boolean {
  return shelf.itemCount > 0;
}

function sum(shelves: readonly Shelf[]): { count: number; sizeBytes: number } {
  return {
    count: shelves.reduce((total, shelf) => total + shelf.itemCount, 0),
    sizeBytes: shelves.reduce((total, shelf) => total + shelf.sizeBytes, 0),
  };
}
