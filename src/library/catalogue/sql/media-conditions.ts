import type { Database } from '../../../base/database/database.ts';
import { dialectOf, empty, join, numbersOf, type Sql, sql, timestampOf } from '../../../base/database/sql.ts';
import {
  criterionOf,
  onAnyShelf,
  onShelves,
  toBigInt,
  toRange,
  type Bound,
  type Criterion,
  type NumberRange,
} from './criterion.ts';
import { sharedHashes } from './duplicate-groups.ts';
import { describeFacts, type FactCriteria } from './fact-conditions.ts';
import { capturedAtColumn } from './fact-columns.ts';
import { describePaths, type PathCriteria } from './path-conditions.ts';
import { describeProxy, type ProxyCriterion } from './proxy-conditions.ts';
import { hasTerms, searchCandidates } from './search.ts';
import type { ListField, SortField } from './sort-columns.ts';

/** What an item must be, beyond standing on certain shelves. */
export interface MediaCriteria extends FactCriteria, PathCriteria {
  /** Folded terms, of which an item has all. */
  terms?: readonly string[] | undefined;
  /** Keys of tags, of which an item has all. */
  tagKeys?: readonly string[] | undefined;
  favourite?: boolean | undefined;
  rating?: NumberRange | undefined;
  sha256?: string | undefined;
  /** Whether another item that is not deleted has the same bytes, as far as their SHA-256 are known. */
  hasDuplicate?: boolean | undefined;
  proxy?: ProxyCriterion | undefined;
  /** Leaves out items that another one is shown for. */
  withoutCompanions?: boolean | undefined;
  sizeBytes?: NumberRange | undefined;
  modifiedAt?: DateRange | undefined;
  createdAt?: DateRange | undefined;
  /** By the clock of the place, as if it showed UTC. */
  capturedAt?: DateRange | undefined;
  /** Items that are not deleted have none. */
  deletedAt?: DateRange | undefined;
  /** Items that are not missing have none. */
  missingSince?: DateRange | undefined;
}

interface DateRange {
  gte?: Date | undefined;
  lt?: Date | undefined;
}

/** The criteria in SQL, about a media item `m`. */
export interface MediaConditions {
  /** In a form that leaves the choice of an index to the statement around them. */
  conditions: Sql[];
  /** The same for whoever reads all that meet them; left out: there is no other form. */
  indexed?: Sql[];
  /** Conditions that say no more, but where lists in an order begin and end. */
  ranges?: ReadonlyMap<ListField, Sql>;
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
  // The index of lists by the time of capture has it.
  const alone = criteria.withoutCompanions ? [sql`m.companion_of IS NULL`] : [];
  const conditions = [...parts.map(({ plain }) => plain), ...alone];
  const indexed = [...parts.map(({ condition }) => condition), ...alone];
  const ranges = new Map(parts.flatMap((part) => part.ranges ?? []));
  for (const candidates of parts.flatMap((part) => part.candidates)) {
    const rows = await database.read(sql`${candidates} LIMIT ${maxCandidates + 1}`);
    if (rows.length <= maxCandidates) {
      return { conditions, indexed, ranges, candidates: rows.map((row) => row.id as number) };
    }
  }
  return { conditions, indexed, ranges, candidates: null };
}

function describeCriteria(database: Database, shelfIds: readonly number[], criteria: MediaCriteria): Criterion[] {
  const parts: Criterion[] = [];
  const { terms, sha256, tagKeys } = criteria;
  if (sha256 !== undefined) parts.push(criterionOf(database, (c) => sql`${c(sql`m.sha256`)} = ${sha256}`, onAnyShelf));
  if (terms !== undefined && terms.length > 0) {
    const condition = hasTerms(database, terms);
    parts.push({ condition, plain: condition, candidates: searchCandidates(database, terms) });
  }
  if (tagKeys !== undefined && tagKeys.length > 0) parts.push(describeTags(tagKeys));
  if (criteria.proxy !== undefined) parts.push(describeProxy(criteria.proxy));
  parts.push(
    ...describePaths(database, criteria),
    ...describeFacts(database, shelfIds, criteria),
    ...describeRanges(database, shelfIds, criteria),
    ...describeWords(database, criteria),
  );
  return parts;
}

/** What people said of it. */
function describeWords(database: Database, { favourite, rating }: MediaCriteria): Criterion[] {
  const parts: Criterion[] = [];
  if (favourite === true) parts.push(criterionOf(database, (c) => c(sql`m.favourite`), onAnyShelf));
  if (favourite === false) parts.push(criterionOf(database, (c) => sql`NOT ${c(sql`m.favourite`)}`));
  if (rating !== undefined && toRange(sql`m.rating`, rating.gte, rating.lte) !== null) {
    const rated = (column: Sql) => toRange(column, toBigInt(rating.gte), toBigInt(rating.lte)) ?? empty;
    parts.push(
      criterionOf(database, (c) => sql`${c(sql`m.rating`)} IS NOT NULL AND ${rated(c(sql`m.rating`))}`, onAnyShelf),
    );
  }
  return parts;
}

function describeRanges(database: Database, shelfIds: readonly number[], criteria: MediaCriteria): Criterion[] {
  const dialect = dialectOf(database);
  const among = onShelves(shelfIds);
  const date = (value: Date | undefined) => (value === undefined ? undefined : timestampOf(dialect, value));
  const { sizeBytes, modifiedAt, createdAt, capturedAt, deletedAt, missingSince } = criteria;
  const ranges = [
    between('SIZE', sql`m.size_bytes`, sizeBytes?.gte, sizeBytes?.lte, sql`<=`),
    between('MODIFIED_AT', sql`m.modified_at`, date(modifiedAt?.gte), date(modifiedAt?.lt), sql`<`),
    between('CREATED_AT', sql`m.created_at`, date(createdAt?.gte), date(createdAt?.lt), sql`<`),
    between('CAPTURED_AT', capturedAtColumn, date(capturedAt?.gte), date(capturedAt?.lt), sql`<`),
    between('DELETED_AT', sql`m.deleted_at`, date(deletedAt?.gte), date(deletedAt?.lt), sql`<`),
    between('MISSING_SINCE', sql`m.missing_since`, date(missingSince?.gte), date(missingSince?.lt), sql`<`),
  ];
  return [
    ...ranges.flat(),
    ...(criteria.hasDuplicate === undefined ? [] : [describeDuplicates(criteria.hasDuplicate)]),
  ];

  function between(order: SortField, column: Sql, from: Bound, to: Bound, upper: Sql): Criterion[] {
    if (from === undefined && to === undefined) return [];
    const criterion = criterionOf(database, (c) => toRange(c(column), from, to, upper) ?? empty, among);
    return [{ ...criterion, ranges: [[order, criterion.condition]] }];
  }
}

function describeDuplicates(wanted: boolean): Criterion {
  const others = sql`SELECT 1 FROM media_items AS o
    WHERE o.sha256 = m.sha256 AND o.id <> m.id AND o.shelf_id NOT IN (SELECT id FROM shelves WHERE status = 'DELETED')`;
  const condition = sql`${wanted ? empty : sql`NOT `}EXISTS (${others})`;
  // SQLite joins in the order that CROSS says.
  const candidates = sql`
    SELECT m.id FROM (${sharedHashes}) AS d CROSS JOIN media_items AS m WHERE m.sha256 = d.sha256 AND ${condition}`;
  return { condition, plain: condition, candidates: wanted ? [candidates] : [] };
}

/** All tags together: many items may have each, and few have them all. */
function describeTags(keys: readonly string[]): Criterion {
  const [first, ...others] = keys.map(
    (key) =>
      sql`SELECT l.media_item_id FROM media_item_tags AS l JOIN media_tags AS t ON t.id = l.tag_id WHERE t.key = ${key}`,
  );
  const rest = others.map((tagged) => sql` AND l.media_item_id IN (${tagged})`);
  const tagged = sql`${first ?? empty}${rest.length === 0 ? empty : join(rest, ' ')}`;
  // One by one, for whoever goes along the items.
  const each = keys.map(
    (key) => sql`EXISTS (
      SELECT 1 FROM media_tags AS t JOIN media_item_tags AS l ON l.tag_id = t.id
      WHERE t.key = ${key} AND l.media_item_id = m.id)`,
  );
  return {
    condition: sql`m.id IN (${tagged})`,
    plain: join(each, ' AND '),
    candidates: [sql`SELECT media_item_id AS id FROM (${tagged}) AS tagged`],
  };
}

/**
 * Returns the condition that an item is one of the candidates; the unary plus keeps the database from reading by the
 * list's own index.
 */
export function amongCandidates(database: Database, candidates: readonly number[], shelfIds: readonly number[]): Sql {
  return sql`m.id IN (${numbersOf(database, candidates)}) AND +m.shelf_id IN (${join(shelfIds)})`;
}
