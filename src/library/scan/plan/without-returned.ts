import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ItemIdentity } from '../sql/read-identities.ts';
import { sawEverything } from '../survey/judge-walk.ts';
import { isAsCatalogued } from '../../metadata/signature.ts';
import type { CategorySurvey } from '../survey/category-survey.ts';

/**
 * Leaves out the moves of items whose files are where they were, though no walk reported them: in a category of which
 * only a part was looked at, the file that was found may be a copy.
 */
export async function withoutReturned<M extends { item: ItemIdentity }>(
  moves: readonly M[],
  surveys: readonly CategorySurvey[],
): Promise<M[]> {
  const parts = surveys.filter((survey) => !sawEverything(survey)).map(({ category }) => category);
  const rootPaths = new Map(parts.map(({ key, rootPath }) => [key, rootPath]));
  const left: M[] = [];
  for (const move of moves) {
    const rootPath = rootPaths.get(move.item.rootCategory);
    if (rootPath === undefined || !(await isInPlace(rootPath, move.item))) left.push(move);
  }
  return left;
}

async function isInPlace(rootPath: string, item: ItemIdentity): Promise<boolean> {
  // A file without stats is gone, or out of reach.
  const stats = await stat(join(rootPath, item.relativePath), { bigint: true }).catch(() => null);
  return stats !== null && stats.isFile() && isAsCatalogued(item, stats);
}
