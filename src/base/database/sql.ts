// This is Prisma's own SQL template: values become parameters, `?` for SQLite and `$n` for PostgreSQL.
import { empty, join, raw, sqltag, type Sql } from '@prisma/client/runtime/client';
import type { Database } from './database.ts';
import { maxIndexedPathBytes } from './postgresql/max-indexed-path-bytes.ts';

export { empty, join, raw, sqltag as sql, type Sql };

/** What the two dialects write differently, side by side. */
interface Dialect {
  /** The elements of a JSON array, one row each, as column `value` of `rows`; their order is that of the column `key`. */
  jsonRows(json: string): Sql;
  /** The text at `index` of the JSON array `value`, or NULL. */
  jsonText(index: number): Sql;
  /** The JSON at `index` of the JSON array `value`, or NULL, as a JSON column takes it. */
  json(index: number): Sql;
  /** A JSON object without the member of that name. */
  withoutMember(column: Sql, name: string): Sql;
  /** A date column's value from an expression in milliseconds since the epoch. */
  timestamp(milliseconds: Sql): Sql;
  /** Whether the text in `column` contains `term`. Both are lower case already. */
  contains(column: Sql, term: string): Sql;
  /** Lets no other transaction past this point with the same name until this one ends. */
  lock(transaction: Pick<Database, 'writeReturning'>, name: string): Promise<void>;
  /** The most bytes of a path that the catalogue can hold: its indexes contain the whole path. */
  maxPathBytes: number;
  /** Keeps the rows of a SELECT as they are until its transaction ends; stands at the end of the statement. */
  lockRows: Sql;
}

const dialects: Record<Database['provider'], Dialect> = {
  sqlite: {
    jsonRows: (json) => sqltag`json_each(${json}) AS rows`,
    jsonText: (index) => sqltag`(value ->> ${raw(String(index))})`,
    json: (index) => sqltag`nullif(value -> ${raw(String(index))}, 'null')`,
    withoutMember: (column, name) => sqltag`json_remove(${column}, ${`$.${name}`})`,
    // The plus takes its type from it: compared with one that has a type, an index on an expression is not used.
    timestamp: (milliseconds) => sqltag`+(${milliseconds})`,
    contains: (column, term) => sqltag`instr(${column}, ${term}) > 0`,
    // There is one writing transaction at a time.
    lock: async () => undefined,
    maxPathBytes: Infinity,
    // SQLite's transactions write one at a time as it is.
    lockRows: empty,
  },
  postgresql: {
    jsonRows: (json) => sqltag`jsonb_array_elements(${json}::jsonb) WITH ORDINALITY AS rows(value, key)`,
    jsonText: (index) => sqltag`(value ->> ${raw(String(index))})`,
    json: (index) => sqltag`nullif(value -> ${raw(String(index))}, 'null'::jsonb)`,
    withoutMember: (column, name) => sqltag`${column} - CAST(${name} AS TEXT)`,
    // The expression is as exact as the columns are: seconds with a fraction, in floating point, are some microseconds
    // off in far years.
    timestamp: (milliseconds) =>
      sqltag`CAST(to_timestamp(${milliseconds} / 1000.0) AT TIME ZONE 'UTC' AS TIMESTAMP(3))`,
    contains: (column, term) => sqltag`${column} LIKE ${`%${term.replace(/[\\%_]/g, String.raw`\$&`)}%`}`,
    async lock(transaction, name) {
      await transaction.writeReturning(sqltag`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
    },
    maxPathBytes: maxIndexedPathBytes,
    lockRows: sqltag` FOR UPDATE`,
  },
};

export function dialectOf(database: Pick<Database, 'provider'>): Dialect {
  return dialects[database.provider];
}

/**
 * The element at `index` of a JSON array as a number. `jsonText` is text or a number, and both dialects take this cast.
 */
export function jsonInteger(dialect: Dialect, index: number): Sql {
  return sqltag`CAST(${dialect.jsonText(index)} AS BIGINT)`;
}

/**
 * Joins each row before it with the media items `m` whose ids a SELECT gives for that row. It is one short statement, however
 * many rows there are: a union of as many SELECTs takes the databases longer to read than to answer.
 */
export function joinItems(database: Pick<Database, 'provider'>, ids: Sql): Sql {
  return database.provider === 'sqlite'
    ? sqltag`CROSS JOIN media_items AS m ON m.id IN (${ids})`
    : sqltag`CROSS JOIN LATERAL (${ids}) AS chosen JOIN media_items AS m ON m.id = chosen.id`;
}

/** A SELECT of whole numbers, as IN takes it: one parameter, however many they are. */
export function numbersOf(database: Pick<Database, 'provider'>, numbers: readonly number[]): Sql {
  const list = JSON.stringify(numbers);
  return database.provider === 'sqlite'
    ? sqltag`SELECT value FROM json_each(${list})`
    : sqltag`SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text(${list}::jsonb) AS numbers(value)`;
}

/**
 * A SELECT of those media items, for the IN of a statement that writes them. PostgreSQL locks them in the order of their ids,
 * so that two such statements never wait for each other in a circle.
 */
export function itemsToWrite(database: Pick<Database, 'provider'>, ids: readonly number[]): Sql {
  const numbers = numbersOf(database, ids);
  return database.provider === 'sqlite'
    ? numbers
    : sqltag`SELECT id FROM media_items WHERE id IN (${numbers}) ORDER BY id${dialectOf(database).lockRows}`;
}

/** Reads a date of a row, which SQLite gives as milliseconds. */
export function toDate(value: unknown): Date {
  return value instanceof Date ? value : new Date(value as number);
}

export function toOptionalDate(value: unknown): Date | null {
  return value === null ? null : toDate(value);
}

/** A date as a parameter. */
export function timestampOf(dialect: Dialect, date: Date): Sql {
  return dialect.timestamp(sqltag`CAST(${date.getTime()} AS BIGINT)`);
}
