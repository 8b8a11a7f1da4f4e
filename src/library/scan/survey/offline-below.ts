import { relative } from 'node:path';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import { isWithin } from '../../../base/files/is-within.ts';
import type { Roots } from '../../roots/roots.ts';

/**
 * The places in a category's root at which other categories have theirs, and the disks of those are away: what is not found
 * there is not gone.
 */
export async function findOfflineBelow(
  roots: Pick<Roots, 'recognise'>,
  { rootPath }: Pick<CategoryConfig, 'rootPath'>,
  categories: readonly CategoryConfig[],
): Promise<string[]> {
  const places: string[] = [];
  for (const other of categories) {
    if (other.rootPath === rootPath || !isWithin(other.rootPath, rootPath)) continue;
    if ((await roots.recognise(other)).state === 'OFFLINE') places.push(relative(rootPath, other.rootPath));
  }
  return places;
}
