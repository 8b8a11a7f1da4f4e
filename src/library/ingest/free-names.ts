import type { Database } from '../../base/database/database.ts';
import { dialectOf, sql } from '../../base/database/sql.ts';
import { numberedName } from './safe-filename.ts';

/** How many variants of a name are tried. */
export const maxNames = 22_221;

/** How many names are looked up at once: mostly the first is free, else many variants may be taken. */
const batches = [1, 20, 200, 2_000, 20_000];

/**
 * Yields the name and then numbered variants, without those that an item in the folder of the category has: an item that is missing or
 * was deleted keeps its name. Whether a file has the name shows when it is taken.
 */
export async function* freeNames(
  database: Database,
  category: string,
  name: string,
  folder = '',
): AsyncGenerator<string> {
  let number = 0;
  for (const size of batches) {
    const candidates = Array.from({ length: size }, () => numberedName(name, number++));
    const taken = await findTaken(database, category, candidates, folder === '' ? '' : `${folder}/`);
    for (const candidate of candidates) if (!taken.has(candidate)) yield candidate;
  }
}

/** `prefix`: of the names, as the path of a folder. */
async function findTaken(
  database: Database,
  category: string,
  names: readonly string[],
  prefix: string,
): Promise<Set<unknown>> {
  const dialect = dialectOf(database);
  const rows = await database.read(sql`
    SELECT relative_path FROM media_items WHERE root_category = ${category}
      AND relative_path IN (SELECT ${dialect.jsonText(0)} FROM ${dialect.jsonRows(JSON.stringify(names.map((name) => [prefix + name])))})`);
  return new Set(rows.map((row) => String(row.relative_path).slice(prefix.length)));
}
