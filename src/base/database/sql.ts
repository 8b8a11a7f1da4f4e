// Prisma's own SQL template: values become parameters, `?` for SQLite and `$n` for PostgreSQL.
import { empty, join, raw, sqltag, type Sql } from '@prisma/client/runtime/client';
import type { Database } from './database.ts';
import { maxIndexedPathBytes } from './postgresql/max-indexed-path-bytes.ts';

export { empty, join, raw, sqltag as sql, type Sql };

/** What the two dialects write differently, side by side. */
interface Dialect {
  /** The elements of a JSON array, one row each, as column `value` of `rows`; their place in it is the column `key`. */
  jsonRows(json: string): Sql;
  /** The text in place `index` of the JSON array `value`, or NULL. */
  jsonText(index: number): Sql;
  /** The JSON in place `index` of the JSON array `value`, or NULL, as a JSON column takes it. */
  json(index: number): Sql;
  /** A date column's value from an expression in milliseconds since the epoch. */
  timestamp(milliseconds: Sql): Sql;
  /** Whether the text in `column` contains `term`. Both are lower case already. */
  contains(column: Sql, term: string): Sql;
  /** Lets no other transaction past this point with the same name until this one ends. */
  lock(transaction: Pick<Database, 'writeReturning'>, name: string): Promise<void>;
  /** The most bytes of a path that the catalogue can hold: its indexes are of the whole path. */
  maxPathBytes: number;
  /** The end of a SELECT in a transaction whose rows stay as they are until the transaction ends. */
  lockRows: Sql;
}

const dialects: Record<Database['provider'], Dialect> = {
  sqlite: {
    jsonRows: (json) => sqltag`json_each(${json}) AS rows`,
    jsonText: (index) => sqltag`(value ->> ${raw(String(index))})`,
    json: (index) => sqltag`nullif(value -> ${raw(String(index))}, 'null')`,
    timestamp: (milliseconds) => milliseconds,
    contains: (column, term) => sqltag`instr(${column}, ${term}) > 0`,
    // There is one writing transaction at a time.
    lock: async () => undefined,
    maxPathBytes: Infinity,
    // Its transactions write one at a time as it is.
    lockRows: empty,
  },
  postgresql: {
    jsonRows: (json) => sqltag`jsonb_array_elements(${json}::jsonb) WITH ORDINALITY AS rows(value, key)`,
    jsonText: (index) => sqltag`(value ->> ${raw(String(index))})`,
    json: (index) => sqltag`nullif(value -> ${raw(String(index))}, 'null'::jsonb)`,
    // This is as exact as the columns are: seconds with a fraction, in floating point, are some microseconds off in far
    // years.
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

/** A JSON array's place as a number. Both dialects give text or a number there; both take this cast. */
export function jsonInteger(dialect: Dialect, index: number): Sql {
  return sqltag`CAST(${dialect.jsonText(index)} AS BIGINT)`;
}

/** A date parameter. */
export function timestampOf(dialect: Dialect, date: Date): Sql {
  return dialect.timestamp(sqltag`CAST(${date.getTime()} AS BIGINT)`);
}
