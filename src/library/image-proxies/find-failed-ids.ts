import { mediaNumberOf } from '../../base/public-id.ts';
import type { Database } from '../../base/database/database.ts';
import { readIdsByPath } from './sql/ids-by-path.ts';

const atOnce = 500;

/**
 * The ids of items as the item errors of a batch name them: by `category/relative path`, of which none is left for what is
 * gone by now, or by the public ID of an item that was not there.
 */
export async function findFailedIds(database: Database, names: readonly string[]): Promise<number[]> {
  const paths = names.filter((name) => name.includes('/'));
  const ids = names.filter((name) => !name.includes('/')).flatMap((name) => mediaNumberOf(name) ?? []);
  for (let start = 0; start < paths.length; start += atOnce) {
    const places = paths.slice(start, start + atOnce).map((path) => {
      const slash = path.indexOf('/');
      return { rootCategory: path.slice(0, slash), relativePath: path.slice(slash + 1) };
    });
    ids.push(...(await readIdsByPath(database, places)));
  }
  return [...new Set(ids)];
}
