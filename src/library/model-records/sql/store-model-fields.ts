import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, sql, timestampOf } from '../../../base/database/sql.ts';
import type { ModelFields } from '../model-changes.ts';

/** Reads what a person may change of a model, which others cannot until the transaction ends; null where there is none. */
export async function lockModel(
  transaction: StatementWriter,
  sha256: string,
): Promise<(ModelFields & { path: string }) | null> {
  const { lockRows } = dialectOf(transaction);
  const [row] = await transaction.writeReturning(sql`
    SELECT path, name, type, meta_json FROM models WHERE sha256 = ${sha256}${lockRows}`);
  if (row === undefined) return null;
  const { path, name, type, meta_json: meta } = row as Record<string, string | null>;
  return {
    path: String(path),
    name: name ?? null,
    type: type ?? null,
    // SQLite gives JSON as text, PostgreSQL as the value itself.
    meta: (typeof meta === 'string' ? JSON.parse(meta) : meta) as ModelFields['meta'],
  };
}

export async function storeModelFields(
  transaction: StatementWriter,
  sha256: string,
  { name, type, meta, searchText, nameKey }: ModelFields & { searchText: string; nameKey: string },
  now: Date,
): Promise<void> {
  const dialect = dialectOf(transaction);
  const row = [name, type, meta, searchText, nameKey];
  await transaction.write(sql`
    UPDATE models SET name = changed.name, type = changed.type, meta_json = changed.meta,
      search_text = changed.search_text, name_key = changed.name_key, updated_at = ${timestampOf(dialect, now)}
    FROM (
      SELECT ${dialect.jsonText(0)} AS name, ${dialect.jsonText(1)} AS type, ${dialect.json(2)} AS meta,
        ${dialect.jsonText(3)} AS search_text, ${dialect.jsonText(4)} AS name_key
      FROM ${dialect.jsonRows(JSON.stringify([row]))}
    ) AS changed
    WHERE models.sha256 = ${sha256}`);
}
