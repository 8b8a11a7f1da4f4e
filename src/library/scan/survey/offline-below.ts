import { relative } from 'node:path';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import { isWithin } from '../../../base/files/is-within.ts';
import type { Roots } from '../../roots/roots.ts';

/**
 * Finds the paths in a category's root that are roots of other categories which are offline: what is not found there is
 * not gone.
 */
export async function findOfflineBelow(
  roots: Pick<Roots, 'recognise'>,
  { rootPath }: Pick<CategoryConfig, 'rootPath'>,
  categories: readonly CategoryConfig[],
): Promise<string[]> {
  const paths: string[] = [];
  for (const other of categories) {
    if (other.rootPath === rootPath || !isWithin(other.rootPath, rootPath)) continue;
    if ((await roots.recognise(other)).state === 'OFFLINE') paths.push(relative(rootPath, other.rootPath));
  }
  return paths;
}
