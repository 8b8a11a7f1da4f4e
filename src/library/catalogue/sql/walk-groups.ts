import type { Database } from '../../../base/database/database.ts';
import { dialectOf, join, jsonInteger, raw, sql, type Sql } from '../../../base/database/sql.ts';
import { afterAllNumbers, keySeparator } from '../../metadata/sort-keys.ts';
import { endOfPrefix, prefixOf } from '../groups/group-key.ts';
import { sortColumnOf, type ListField } from './sort-columns.ts';

/** Where groups are looked for: among what begins with `prefix`, in the direction of the walk behind `after`. */
export interface GroupRange {
  /** Of a group above, or empty. */
  prefix: string;
  /** The prefix of a group. */
  after: string | null;
}

export interface GroupWalk {
  shelfIds: readonly number[];
  order: ListField;
  /** How many parts the prefixes have that are looked for. */
  depth: number;
  descending: boolean;
  /** How many are looked for in each range. */
  limit: number;
}

/** Steps of one statement in each range. A file that lies beside groups is a step of its own. */
const maxSteps = 1000;
const rangesPerStatement = 100;

/**
 * Finds the prefixes of groups in ranges of an order. Each step looks for the first item behind the group before it, in the index: that
 * costs what there are groups, however many items these have.
 */
export async function walkGroups(
  database: Database,
  walk: GroupWalk,
  ranges: readonly GroupRange[],
): Promise<string[][]> {
  const found = ranges.map((): string[] => []);
  if (walk.shelfIds.length === 0 || walk.limit === 0) return found;
  let open = ranges.map((range, at) => ({ at, prefix: range.prefix, edge: firstEdge(range, walk) }));
  while (open.length > 0) {
    const part = open.splice(0, rangesPerStatement);
    const steps = Math.min(maxSteps, walk.limit + 1);
    const rows = await database.read(selectSteps(database, walk, part, steps));
    const last = new Map<number, { key: string; step: number }>();
    for (const row of rows) {
      const at = Number(row.at);
      const key = String(row.key);
      const prefix = prefixOf(key, walk.depth);
      if (prefix !== null && isNamed(prefix, walk)) found[at]?.push(prefix);
      last.set(at, { key, step: Number(row.step) });
    }
    const unfinished = part.flatMap(({ at, prefix }) => {
      const end = last.get(at);
      if (end === undefined || end.step < steps || (found[at]?.length ?? 0) >= walk.limit) return [];
      return [{ at, prefix, edge: edgeBehind(end.key, walk) }];
    });
    open = [...unfinished, ...open];
  }
  return found.map((prefixes) => prefixes.slice(0, walk.limit));
}

/** Items beside folders that no season is known of stand together in the order too, and are no group. */
function isNamed(prefix: string, { order }: GroupWalk): boolean {
  return order !== 'HIERARCHY' || !prefix.endsWith(`${keySeparator}${afterAllNumbers}${keySeparator}`);
}

interface OpenRange {
  at: number;
  prefix: string;
  /** A walk up goes on at or behind it, one down before it. */
  edge: string;
}

/** It comes after all texts. */
const end = '\u{10ffff}';

function firstEdge({ prefix, after }: GroupRange, { descending }: GroupWalk): string {
  if (after !== null) return descending ? after : endOfPrefix(after);
  if (descending) return prefix === '' ? end : endOfPrefix(prefix);
  return prefix;
}

function edgeBehind(key: string, { depth, descending }: GroupWalk): string {
  const prefix = prefixOf(key, depth);
  if (descending) return prefix ?? key;
  return prefix === null ? key + keySeparator : endOfPrefix(prefix);
}

function selectSteps(database: Database, walk: GroupWalk, ranges: readonly OpenRange[], steps: number): Sql {
  const dialect = dialectOf(database);
  const { descending, depth } = walk;
  // The same as in `edgeBehind`, in SQL.
  const separator = sql`${keySeparator}`;
  const at = positionOf(database, sql`walk.key`, depth);
  const behind = descending
    ? sql`coalesce(substr(walk.key, 1, ${at}), walk.key)`
    : sql`coalesce(substr(walk.key, 1, ${at} - 1) || ${'\u0002'}, walk.key || ${separator})`;
  const asked = JSON.stringify(
    ranges.map((range) => [range.at, range.edge, range.prefix, range.prefix === '' ? end : endOfPrefix(range.prefix)]),
  );
  return sql`
    WITH RECURSIVE
      asked(at, edge, starts, ends) AS (
        SELECT ${jsonInteger(dialect, 0)}, ${text(database, 1)}, ${text(database, 2)}, ${text(database, 3)}
        FROM ${dialect.jsonRows(asked)}
      ),
      walk(at, key, starts, ends, step) AS (
        SELECT asked.at, ${nextKey(database, walk, sql`asked.edge`, sql`asked`)}, asked.starts, asked.ends, 1 FROM asked
        UNION ALL
        SELECT walk.at, ${nextKey(database, walk, behind, sql`walk`)}, walk.starts, walk.ends, walk.step + 1
        FROM walk WHERE walk.key IS NOT NULL AND walk.step < ${steps}
      )
    SELECT at, key, step FROM walk WHERE key IS NOT NULL ORDER BY at, step`;
}

/** A text of a JSON array, compared byte by byte as the keys are. */
function text(database: Database, index: number): Sql {
  const value = dialectOf(database).jsonText(index);
  return database.provider === 'sqlite' ? value : sql`${value} COLLATE "C"`;
}

/** The key of the first item of any shelf at or behind an edge, or before it; null where there is none in the range. */
function nextKey(database: Database, { shelfIds, order, descending }: GroupWalk, edge: Sql, range: Sql): Sql {
  const { onShelf, valueOf } = sortColumnOf(order);
  const value = onShelf?.value ?? valueOf(database);
  const condition = onShelf ? sql` AND ${onShelf.condition}` : sql``;
  const within = descending
    ? sql`${value} < ${edge} AND ${value} >= ${range}.starts`
    : sql`${value} >= ${edge} AND ${value} < ${range}.ends`;
  const direction = raw(descending ? 'DESC' : 'ASC');
  const reads = shelfIds.map(
    (id) => sql`SELECT * FROM (
      SELECT ${value} AS key FROM media_items AS m WHERE m.shelf_id = ${id}${condition} AND ${within}
      ORDER BY ${value} ${direction} LIMIT 1) AS shelf_${raw(String(id))}`,
  );
  return sql`(SELECT ${raw(descending ? 'max' : 'min')}(key) FROM (${join(reads, ' UNION ALL ')}) AS firsts)`;
}

/** Where the separator of that number stands in a text; null where it has fewer. */
function positionOf(database: Database, value: Sql, number: number): Sql {
  const find = raw(database.provider === 'sqlite' ? 'instr' : 'strpos');
  let position = sql`nullif(${find}(${value}, ${keySeparator}), 0)`;
  for (let count = 1; count < number; count++) {
    position = sql`(${position} + nullif(${find}(substr(${value}, ${position} + 1), ${keySeparator}), 0))`;
  }
  return position;
}
