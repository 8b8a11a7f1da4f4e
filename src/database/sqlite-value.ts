/** A parameter as SQLite has it: dates in milliseconds, as the adapter stores them, and no booleans. */
export function toSqliteValue(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value;
}
