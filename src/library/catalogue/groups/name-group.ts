import { keySeparator } from '../../metadata/sort-keys.ts';
import type { GroupSample } from '../sql/group-items.ts';
import { encodeGroupKey, type GroupKey } from './group-key.ts';
import type { GroupLevel } from './group-levels.ts';

/** A group above another. */
export interface GroupPlace {
  /** Clients name the group by it. */
  key: string;
  level: string;
  /** What `hierarchy` of its items has at this level; null where no folder and no tag names it. */
  value: string | null;
  title: string;
}

/** A series, a season, an artist, an album … */
export interface MediaGroup extends GroupKey, GroupPlace {
  order: GroupLevel['order'];
  /** The groups that it is in, from the top. */
  path: GroupPlace[];
  seasonNumber: number | null;
  nextLevel: string | null;
}

/** Names a group and those above it by what its first item tells. */
export function nameGroup(group: GroupKey & { levels: readonly GroupLevel[]; sample: GroupSample }): MediaGroup {
  const { category, depth, prefix, levels, sample } = group;
  const parts = prefix.split(keySeparator);
  const places = levels.slice(0, depth).map((level, index): GroupPlace => {
    const above = parts.slice(0, index + 1).join(keySeparator) + keySeparator;
    const key = encodeGroupKey({ category, depth: index + 1, prefix: above });
    const value = valueOf(level, index, sample);
    return { key, level: level.name, value, title: value ?? titleOf(level, sample) };
  });
  const own = places.pop() as GroupPlace;
  return {
    ...own,
    category,
    depth,
    prefix,
    order: (levels[depth - 1] as GroupLevel).order,
    path: places,
    seasonNumber: levels[depth - 1]?.order === 'HIERARCHY' ? sample.seasonNumber : null,
    nextLevel: levels[depth]?.name ?? null,
  };
}

function valueOf({ order }: GroupLevel, index: number, sample: GroupSample): string | null {
  if (order === 'ALBUM') return index === 0 ? sample.artist : sample.album;
  const folders = sample.relativePath.split('/').slice(0, -1);
  return folders[index] ?? null;
}

function titleOf({ order }: GroupLevel, { seasonNumber }: GroupSample): string {
  if (order === 'ALBUM') return 'Unknown artist';
  return seasonNumber === 0 ? 'Specials' : `Season ${seasonNumber ?? '?'}`;
}
