import type { Database } from '../../../base/database/database.ts';
import { empty, sql, type Sql } from '../../../base/database/sql.ts';

/** A folder of a category's root. */
export interface FolderPlace {
  /** The category whose root has the folder. */
  category: string;
  /** From the root, without a slash at its end; empty for the root itself. */
  path: string;
}

/** After so many steps it is given up. */
const maxSteps = 5000;

/** It comes after all that a path goes on with. */
const last = '\u{10ffff}';

/**
 * Returns a SELECT of the items whose files lie in a folder itself: it goes along the index of paths, and each folder below is
 * one step, however much it holds. Where there are too many of these, it gives more rows than can be candidates.
 */
export function directFiles({ provider }: Pick<Database, 'provider'>, { category, path }: FolderPlace): Sql {
  const begin = path === '' ? '' : `${path}/`;
  const start = sql`CAST(${Array.from(begin).length + 1} AS INTEGER)`;
  const end = path === '' ? empty : sql` AND m.relative_path < ${`${path}0`}`;
  const rest = sql`substr(step.path, ${start})`;
  const slash = provider === 'sqlite' ? sql`instr(${rest}, '/')` : sql`position('/' IN ${rest})`;
  const next = (after: Sql) => sql`(
    SELECT m.relative_path FROM media_items AS m
    WHERE m.root_category = ${category} AND m.relative_path > ${after}${end} ORDER BY m.relative_path LIMIT 1)`;
  const passed = sql`CASE WHEN ${slash} = 0 THEN step.path ELSE substr(step.path, 1, ${start} - 1 + ${slash}) || ${last} END`;
  const steps = sql`
    WITH RECURSIVE step(path, number) AS (
      SELECT ${next(sql`${begin}`)}, 1
      UNION ALL
      SELECT ${next(passed)}, step.number + 1 FROM step WHERE step.path IS NOT NULL AND step.number < ${maxSteps}
    )`;
  return sql`SELECT id FROM (${steps}
    SELECT m.id FROM step JOIN media_items AS m ON m.root_category = ${category} AND m.relative_path = step.path
    WHERE ${slash} = 0
    UNION ALL
    SELECT 0 FROM step WHERE (SELECT max(number) FROM step) >= ${maxSteps}) AS direct`;
}
