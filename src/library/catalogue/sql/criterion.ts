import type { Database } from '../../../base/database/database.ts';
import { join, raw, sql, type Sql } from '../../../base/database/sql.ts';
import type { SortField } from './sort-columns.ts';

/** Both ends belong to it. */
export interface NumberRange {
  gte?: number | undefined;
  lte?: number | undefined;
}

/** One thing that an item must be. */
export interface Criterion {
  /** A condition that an index may answer. */
  condition: Sql;
  /**
   * The same in a form that no index answers: SQLite would rather read all items that meet a condition, and sort them, than
   * go along the index of the list's order. PostgreSQL counts before it chooses.
   */
  plain: Sql;
  /** Conditions that say no more, but where lists in an order begin and end. */
  ranges?: readonly (readonly [SortField, Sql])[];
  /** SELECTs of ids that may meet it, each from an index. */
  candidates: Sql[];
}

/** Makes both forms of a condition from how it is written about its columns. */
export function criterionOf(
  database: Pick<Database, 'provider'>,
  write: (column: (column: Sql) => Sql) => Sql,
  candidates: (condition: Sql) => Sql[] = () => [],
): Criterion {
  const condition = write((column) => column);
  const plain = database.provider === 'sqlite' ? write((column) => sql`+${column}`) : condition;
  return { condition, plain, candidates: candidates(condition) };
}

/** The items of some shelves that meet a condition, for an index that begins with the shelf. */
export function onShelves(shelfIds: readonly number[]): (condition: Sql) => Sql[] {
  return (condition) => [
    sql`SELECT m.id FROM media_items AS m WHERE m.shelf_id IN (${join([...shelfIds])}) AND ${condition}`,
  ];
}

/** For an index that is small, or has no shelf. */
export function onAnyShelf(condition: Sql): Sql[] {
  return [sql`SELECT m.id FROM media_items AS m WHERE ${condition}`];
}

export type Bound = Sql | number | undefined;

/** A range of a column; null where it is open at both ends. */
export function toRange(column: Sql, from: Bound, to: Bound, upperComparison = raw('<=')): Sql | null {
  const bounds = [
    ...(from === undefined ? [] : [sql`${column} >= ${from}`]),
    ...(to === undefined ? [] : [sql`${column} ${upperComparison} ${to}`]),
  ];
  return bounds.length === 0 ? null : join(bounds, ' AND ');
}

/** For columns that hold smaller numbers than clients may give. */
export function toBigInt(bound: number | undefined): Sql | undefined {
  return bound === undefined ? undefined : sql`CAST(${bound} AS BIGINT)`;
}
