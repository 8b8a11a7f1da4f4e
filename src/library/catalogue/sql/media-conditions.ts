import type { Database } from '../../../base/database/database.ts';
import { dialectOf, empty, join, numbersOf, raw, type Sql, sql, timestampOf } from '../../../base/database/sql.ts';
import { hasTerms, searchCandidates } from './search.ts';

/** What an item must be, beyond standing on certain shelves. */
export interface MediaCriteria {
  /** Folded terms, of which an item has all. */
  terms?: readonly string[] | undefined;
  /** Keys of tags, of which an item has all. */
  tagKeys?: readonly string[] | undefined;
  favourite?: boolean | undefined;
  rating?: { gte?: number | undefined; lte?: number | undefined } | undefined;
  sha256?: string | undefined;
  /** Leaves out items that another one is shown for. */
  withoutCompanions?: boolean | undefined;
  sizeBytes?: { gte?: number | undefined; lte?: number | undefined } | undefined;
  modifiedAt?: { gte?: Date | undefined; lt?: Date | undefined } | undefined;
  createdAt?: { gte?: Date | undefined; lt?: Date | undefined } | undefined;
  /** By the clock of the place, as if it showed UTC. */
  capturedAt?: { gte?: Date | undefined; lt?: Date | undefined } | undefined;
}

/** When an item was recorded, by the clock of the place. Lists by it and conditions on it share one index. */
export const capturedAtColumn = raw('coalesce(m.captured_at, m.modified_at)');

/** The criteria in SQL, about a media item `m`. */
export interface MediaConditions {
  conditions: Sql[];
  /**
   * Ids of the few items that can meet the conditions; null where they are many and the list's own index is read
   * instead.
   */
  candidates: number[] | null;
}

/**
 * Up to this many candidates are read one by one; where there are more, the list's own index meets them soon enough.
 */
export const maxCandidates = 2000;

/**
 * Turns criteria into conditions. A criterion that few items meet is answered from its own index, so that a list never
 * walks through a whole catalogue in search of them.
 */
export async function toMediaConditions(
  database: Database,
  shelfIds: readonly number[],
  criteria: MediaCriteria,
): Promise<MediaConditions> {
  // A list of no shelves is empty, and SQL has no way to say "in none of them".
  if (shelfIds.length === 0) return { conditions: [], candidates: [] };
  const parts = describeCriteria(database, shelfIds, criteria);
  const conditions = parts.map((part) => part.condition);
  // The index of lists by the time of capture has it.
  if (criteria.withoutCompanions) conditions.push(sql`m.companion_of IS NULL`);
  for (const candidates of parts.flatMap((part) => part.candidates)) {
    const rows = await database.read(sql`${candidates} LIMIT ${maxCandidates + 1}`);
    if (rows.length <= maxCandidates) return { conditions, candidates: rows.map((row) => row.id as number) };
  }
  return { conditions, candidates: null };
}

interface Criterion {
  condition: Sql;
  /** SELECTs of ids that may meet it, each from an index. */
  candidates: Sql[];
}

function describeCriteria(database: Database, shelfIds: readonly number[], criteria: MediaCriteria): Criterion[] {
  const dialect = dialectOf(database);
  const parts: Criterion[] = [];
  const { terms, sha256, sizeBytes, modifiedAt, createdAt, capturedAt } = criteria;
  if (sha256 !== undefined) {
    const condition = sql`m.sha256 = ${sha256}`;
    parts.push({ condition, candidates: [sql`SELECT m.id FROM media_items AS m WHERE ${condition}`] });
  }
  if (terms !== undefined && terms.length > 0) {
    parts.push({ condition: hasTerms(database, terms), candidates: searchCandidates(database, terms) });
  }
  if (criteria.tagKeys !== undefined && criteria.tagKeys.length > 0) parts.push(describeTags(criteria.tagKeys));
  if (criteria.favourite !== undefined) {
    const condition = criteria.favourite ? sql`m.favourite` : sql`NOT m.favourite`;
    const candidates = criteria.favourite ? [sql`SELECT m.id FROM media_items AS m WHERE ${condition}`] : [];
    parts.push({ condition, candidates });
  }
  const rated = toRange(sql`m.rating`, criteria.rating?.gte, criteria.rating?.lte, sql`<=`);
  if (rated !== null) {
    const condition = sql`m.rating IS NOT NULL AND ${rated}`;
    parts.push({ condition, candidates: [sql`SELECT m.id FROM media_items AS m WHERE ${condition}`] });
  }
  const ranges = [
    toRange(sql`m.size_bytes`, sizeBytes?.gte, sizeBytes?.lte, sql`<=`),
    toRange(sql`m.modified_at`, date(modifiedAt?.gte), date(modifiedAt?.lt), sql`<`),
    toRange(sql`m.created_at`, date(createdAt?.gte), date(createdAt?.lt), sql`<`),
    toRange(capturedAtColumn, date(capturedAt?.gte), date(capturedAt?.lt), sql`<`),
  ];
  for (const condition of ranges) {
    if (condition === null) continue;
    const onShelves = sql`SELECT m.id FROM media_items AS m WHERE m.shelf_id IN (${join(shelfIds)})`;
    parts.push({ condition, candidates: [sql`${onShelves} AND ${condition}`] });
  }
  return parts;

  function date(value: Date | undefined): Sql | undefined {
    return value === undefined ? undefined : timestampOf(dialect, value);
  }
}

/** All tags together: many items may have each, and few have them all. */
function describeTags(keys: readonly string[]): Criterion {
  const [first, ...others] = keys.map(
    (key) =>
      sql`SELECT l.media_item_id FROM media_item_tags AS l JOIN media_tags AS t ON t.id = l.tag_id WHERE t.key = ${key}`,
  );
  const rest = others.map((tagged) => sql` AND l.media_item_id IN (${tagged})`);
  const tagged = sql`${first ?? empty}${rest.length === 0 ? empty : join(rest, ' ')}`;
  return {
    condition: sql`m.id IN (${tagged})`,
    candidates: [sql`SELECT media_item_id AS id FROM (${tagged}) AS tagged`],
  };
}

type Bound = Sql | number | undefined;

function toRange(column: Sql, from: Bound, to: Bound, upperComparison: Sql): Sql | null {
  const bounds = [
    ...(from === undefined ? [] : [sql`${column} >= ${from}`]),
    ...(to === undefined ? [] : [sql`${column} ${upperComparison} ${to}`]),
  ];
  return bounds.length === 0 ? null : join(bounds, ' AND ');
}

/**
 * Returns the condition that an item is one of the candidates; the unary plus keeps the database from reading by the
 * list's own index.
 */
export function amongCandidates(database: Database, candidates: readonly number[], shelfIds: readonly number[]): Sql {
  return sql`m.id IN (${numbersOf(database, candidates)}) AND +m.shelf_id IN (${join(shelfIds)})`;
}
