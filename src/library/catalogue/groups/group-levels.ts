import type { CategoryConfig } from '../../../base/config/media-config.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';

/** A kind of groups, and the order in which the items of each stand together. */
export interface GroupLevel {
  /** As configured, such as `season`; of music without configured levels, `artist` and `album`. */
  name: string;
  /**
   * PATH: a folder is a group. HIERARCHY: items beside such folders are grouped by their season too. ALBUM: what the
   * tags name.
   */
  order: 'PATH' | 'HIERARCHY' | 'ALBUM';
}

/** Names the levels of music whose category has none: what tags say takes the place of folders. */
const albumLevels: readonly GroupLevel[] = [
  { name: 'artist', order: 'ALBUM' },
  { name: 'album', order: 'ALBUM' },
];

type Grouped = Pick<CategoryConfig, 'hierarchyLevels' | 'mediaType'>;

/** Returns the levels of a category that have groups, from the top: the last one that is configured is the file itself. */
export function groupLevelsOf({ hierarchyLevels, mediaType }: Grouped): readonly GroupLevel[] {
  const folders = hierarchyLevels.slice(0, -1).map(({ name }) => name);
  if (folders.length === 0) return mediaType === 'AUDIO' ? albumLevels : [];
  // Below the name of a show, the number in `Show - S02E01` says as much as the folder `Season 2`.
  const seasons = mediaType === 'VIDEO' && folders.length > 1 ? folders.length - 1 : -1;
  return folders.map((name, index) => ({ name, order: index === seasons ? 'HIERARCHY' : 'PATH' }));
}

/**
 * Returns the place of a level, by its name or, without one, of the first one below `parentDepth` levels. Throws InvalidInputError where
 * the category has no such level, or it is not below the parent.
 */
export function findLevel(
  category: Pick<CategoryConfig, 'key'> & Grouped,
  asked: string | null,
  parentDepth: number,
): number {
  const levels = groupLevelsOf(category);
  if (levels.length === 0) {
    const message = `The category "${category.key}" has no levels: set hierarchy.levels for it, or browse its folders.`;
    throw new InvalidInputError('category', message);
  }
  const index = asked === null ? parentDepth : levels.findIndex(({ name }) => name === asked);
  if (index >= parentDepth && index < levels.length) return index;
  const below = levels.slice(parentDepth).map(({ name }) => `"${name}"`);
  const there = below.length === 0 ? 'no level: its items are listed' : below.join(', ');
  const what = asked === null ? '' : `"${asked.slice(0, 80)}" is none of the levels. `;
  throw new InvalidInputError(
    'level',
    `${what}${parentDepth === 0 ? 'There is' : 'Below this group there is'} ${there}.`,
  );
}
