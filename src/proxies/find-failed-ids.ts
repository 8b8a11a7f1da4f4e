import type { Database } from '../database/database.ts';
import { readIdsByPath } from '../database/statements/ids-by-path.ts';

const atOnce = 500;

/** The ids of items by `category/relative path`, as a batch names them; what is gone by now has none. */
export async function findIdsByPath(database: Database, paths: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (let start = 0; start < paths.length; start += atOnce) {
    const places = paths.slice(start, start + atOnce).map((path) => {
      const slash = path.indexOf('/');
      return { rootCategory: path.slice(0, slash), relativePath: path.slice(slash + 1) };
    });
    ids.push(...(await readIdsByPath(database, places)));
  }
  return ids;
}
