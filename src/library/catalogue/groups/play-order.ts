import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { MediaConfigStore } from '../../../base/config/media-config-store.ts';
import type { Database } from '../../../base/database/database.ts';
import { keySeparator } from '../../metadata/sort-keys.ts';
import { findNeighbours, readPlayedItems, type PlayedItem, type PlayedPlace } from '../sql/neighbours.ts';
import { readShelves } from '../sql/shelves.ts';
import { prefixOf } from './group-key.ts';
import { groupLevelsOf } from './group-levels.ts';

/** Knows what is played after an item: the next episode of a series, the next song of an album. */
export interface PlayOrder {
  /** Returns the ids of the available neighbours, in the order of the ids; null where there is none. */
  neighboursOf(ids: readonly number[], direction: 'next' | 'previous'): Promise<(number | null)[]>;
}

interface PlayOrderOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'findCategory'>;
}

export function createPlayOrder({ database, mediaConfig }: PlayOrderOptions): PlayOrder {
  return {
    async neighboursOf(ids, direction) {
      const items = await readPlayedItems(database, ids);
      const shelves = await readShelves(database);
      const places = items.flatMap((item): PlayedPlace[] => {
        const own = shelves.find(({ id }) => id === item.shelfId);
        const category = own && mediaConfig.findCategory(own.category);
        if (own === undefined || category === undefined) return [];
        const played = shelves.find(
          (shelf) =>
            shelf.status === 'AVAILABLE' && shelf.category === own.category && shelf.mediaType === own.mediaType,
        );
        const range = rangeOf(item, category);
        return played && range ? [{ id: item.id, shelfId: played.id, ...range }] : [];
      });
      const found = await findNeighbours(database, places, direction);
      return ids.map((id) => found.get(id) ?? null);
    },
  };
}

type PlayedRange = Pick<PlayedPlace, 'order' | 'value' | 'prefix'>;

/** Returns what an item is played with; null where it stands for itself, as films do. */
function rangeOf(
  { albumOrder, hierarchyOrder, pathOrder }: PlayedItem,
  category: Pick<CategoryConfig, 'hierarchyLevels' | 'mediaType' | 'storageFormat'>,
): PlayedRange | null {
  const levels = groupLevelsOf(category);
  if (albumOrder !== null && levels[0]?.order === 'ALBUM') {
    const album = prefixOf(albumOrder, levels.length);
    return album === null ? null : { order: 'ALBUM', value: albumOrder, prefix: album };
  }
  const folders = pathOrder.split(keySeparator).length - 1;
  const depth = Math.min(depthOf(category, folders), folders);
  const prefix = depth === 0 ? null : prefixOf(pathOrder, depth);
  return prefix === null ? null : { order: 'HIERARCHY', value: hierarchyOrder, prefix };
}

/** A series plays on over its seasons, an album over its discs; without levels, a folder is one. */
function depthOf(
  {
    hierarchyLevels,
    mediaType,
    storageFormat,
  }: Pick<CategoryConfig, 'hierarchyLevels' | 'mediaType' | 'storageFormat'>,
  folders: number,
): number {
  if (hierarchyLevels.length > 1) return mediaType === 'VIDEO' ? 1 : hierarchyLevels.length - 1;
  const playsOn = mediaType === 'AUDIO' || storageFormat === 'SERIES' || storageFormat === 'GROUP';
  return playsOn ? folders : 0;
}
