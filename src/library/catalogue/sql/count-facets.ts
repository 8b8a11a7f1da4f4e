import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../../base/database/database.ts';
import { join, raw, sql, type Sql } from '../../../base/database/sql.ts';
import { factColumn, hasShape, shapeColumn } from './fact-columns.ts';
import { and } from './list-media.ts';
import { readHighestId } from './list-shuffled.ts';
import { dayColumn } from './media-days.ts';
import { amongCandidates, type MediaConditions } from './media-conditions.ts';
import type { Shelf } from './shelves.ts';

/** What items are counted by; shapes and days are made into what people know. */
export type CountedFact =
  | 'shelf'
  | 'extension'
  | 'day'
  | 'videoCodec'
  | 'audioCodec'
  | 'shape'
  | 'camera'
  | 'tag'
  | 'favourite'
  | 'rating';

/** How many items have each value of each fact. */
export type FactCounts = Map<CountedFact, Map<string, number>>;

/** SQLite takes this thread for some twenty milliseconds. */
const itemsPerStep = 5_000;

/** Counts the items of a list by some facts: few candidates at once, else all items of the shelves in steps, so that no statement takes long. */
export async function countFacts(
  database: Database,
  { shelves, conditions, candidates }: MediaConditions & { shelves: readonly Shelf[] },
  facts: readonly CountedFact[],
): Promise<FactCounts> {
  const counts: FactCounts = new Map(facts.map((fact) => [fact, new Map()]));
  const shelfIds = shelves.map(({ id }) => id);
  if (shelfIds.length === 0 || candidates?.length === 0) return counts;
  const highest = candidates === null ? await readHighestId(database) : itemsPerStep;
  for (let from = 0; from < highest; from += itemsPerStep) {
    const where =
      candidates === null
        ? sql`m.id > ${from} AND m.id <= ${from + itemsPerStep} AND +m.shelf_id IN (${join(shelfIds)})`
        : amongCandidates(database, candidates, shelfIds);
    await countAll(database, sql`${where}${and(conditions)}`, counts);
    await setImmediate();
  }
  return counts;
}

/**
 * Reads the items once, grouped by all facts at once, and adds them to the counts: the databases would group them once for each
 * fact, which takes twice as long.
 */
async function countAll(database: Database, where: Sql, counts: FactCounts, sign = 1): Promise<void> {
  const columns = columnsOf(database);
  const grouped = [...counts.keys()].filter((fact) => fact !== 'tag');
  if (grouped.length > 0) {
    const read = grouped.map((fact, index) => sql`${columns[fact]} AS ${raw(`fact_${index}`)}`);
    const places = raw(grouped.map((_, index) => index + 1).join(', '));
    const rows = await database.read(
      sql`SELECT ${join(read)}, count(*) AS items FROM media_items AS m WHERE ${where} GROUP BY ${places}`,
    );
    for (const row of rows) {
      for (const [index, fact] of grouped.entries())
        add(counts, fact, row[`fact_${index}`] as Counted, sign * Number(row.items));
    }
  }
  if (!counts.has('tag')) return;
  const tags = await database.read(sql`
    SELECT t.name AS value, count(*) AS items FROM media_items AS m
    JOIN media_item_tags AS l ON l.media_item_id = m.id JOIN media_tags AS t ON t.id = l.tag_id
    WHERE ${where} GROUP BY t.name`);
  for (const { value, items } of tags) add(counts, 'tag', value as Counted, sign * Number(items));
}

/** What a fact of an item is, as a database gives it. */
type Counted = string | number | bigint | null;

function add(counts: FactCounts, fact: CountedFact, value: Counted, items: number): void {
  const values = counts.get(fact);
  if (values === undefined || value === null) return;
  const name = String(value);
  values.set(name, (values.get(name) ?? 0) + items);
}

function columnsOf(database: Database): Record<Exclude<CountedFact, 'tag'>, Sql> {
  return {
    shelf: raw('m.shelf_id'),
    extension: extensionColumn(database),
    day: dayColumn(database),
    videoCodec: factColumn(database, 'videoCodec'),
    audioCodec: factColumn(database, 'audioCodec'),
    shape: sql`CASE WHEN ${hasShape} THEN ${shapeColumn} END`,
    camera: factColumn(database, 'cameraModel'),
    favourite: raw("CASE WHEN m.favourite THEN 'true' ELSE 'false' END"),
    rating: raw('m.rating'),
  };
}

/** What stands behind the last dot of the name, of which ASCII's letters are lower; NULL where there is no dot. */
function extensionColumn({ provider }: Pick<Database, 'provider'>): Sql {
  return provider === 'sqlite'
    ? raw(`CASE WHEN instr(m.filename, '.') > 0 THEN
        lower(substr(m.filename, length(rtrim(m.filename, replace(m.filename, '.', ''))) + 1)) END`)
    : raw(String.raw`lower(substring(m.filename from '\.([^.]*)$'))`);
}

/** Facts that have an index, or a table, of whole shelves. */
type IndexedFact = Exclude<CountedFact, 'day' | 'shelf'>;

/** Counts all items of shelves by a fact. Of facts that nearly all items have no row is read. */
export async function countOnShelves(
  database: Database,
  shelves: readonly Shelf[],
  fact: IndexedFact,
  withoutCompanions: boolean,
): Promise<Map<string, number>> {
  const counts: FactCounts = new Map([[fact, new Map()]]);
  const shelfIds = shelves.map(({ id }) => id);
  if (shelfIds.length === 0) return new Map();
  const rows = await database.read(selectOnShelves(database, fact, sql`m.shelf_id IN (${join(shelfIds)})`, shelfIds));
  for (const { value, items } of rows) add(counts, fact, value as Counted, Number(items));
  if (withoutCompanions) {
    // They are few, and the index of a fact does not say which they are.
    const companions = sql`m.companion_of IS NOT NULL AND +m.shelf_id IN (${join(shelfIds)})`;
    await countAll(database, companions, counts, -1);
  }
  return counts.get(fact) ?? new Map();
}

function selectOnShelves(database: Database, fact: IndexedFact, onShelf: Sql, shelfIds: readonly number[]): Sql {
  const columns = columnsOf(database);
  if (fact === 'extension') {
    return sql`SELECT extension AS value, item_count AS items FROM media_extension_counts
      WHERE shelf_id IN (${join([...shelfIds])})`;
  }
  if (fact === 'favourite') {
    return sql`SELECT 'true' AS value, count(*) AS items FROM media_items AS m
      WHERE m.favourite AND +${onShelf}`;
  }
  if (fact === 'rating') {
    return sql`SELECT CAST(m.rating AS TEXT) AS value, count(*) AS items FROM media_items AS m
      WHERE m.rating IS NOT NULL AND +${onShelf} GROUP BY m.rating`;
  }
  if (fact === 'tag') {
    return sql`SELECT t.name AS value, count(*) AS items FROM media_tags AS t
      JOIN media_item_tags AS l ON l.tag_id = t.id JOIN media_items AS m ON m.id = l.media_item_id
      WHERE +${onShelf} GROUP BY t.name`;
  }
  const column = fact === 'shape' ? shapeColumn : columns[fact];
  const isKnown = fact === 'shape' ? hasShape : sql`${column} IS NOT NULL`;
  // In the order of the index.
  return sql`SELECT CAST(${column} AS TEXT) AS value, count(*) AS items FROM media_items AS m
    WHERE ${onShelf} AND ${isKnown} GROUP BY m.shelf_id, ${column}`;
}

/** Returns another text whenever an item was added, changed or removed. */
export async function readMediaVersion(database: Database, shelves: readonly Shelf[]): Promise<string> {
  const latest = shelves.map(
    ({ id }) => sql`SELECT (SELECT max(m.updated_at) FROM media_items AS m WHERE m.shelf_id = ${id}) AS latest`,
  );
  const rows = latest.length === 0 ? [] : await database.read(join(latest, ' UNION ALL '));
  return JSON.stringify([shelves, rows.map((row) => row.latest)]);
}
