import type { Database, StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, join, jsonInteger, sql, type Sql } from '../../../base/database/sql.ts';

// The rows of these statements come as the text of a JSON array of arrays, which a worker made. Each statement leaves alone
// what is there already and returns the number of new rows; the `find…` functions explain the rest.

/** Rows: `[id, name]`. */
export async function storeTags(database: StatementWriter, rows: string): Promise<number> {
  const dialect = dialectOf(database);
  return database.write(sql`
    INSERT INTO tags (id, name)
    SELECT ${jsonInteger(dialect, 0)}, ${dialect.jsonText(1)} FROM ${dialect.jsonRows(rows)} WHERE true
    ON CONFLICT DO NOTHING`);
}

/** Rows: `[sha256, path, legacyPath, name, type, sizeBytes, createdAtMs, meta, legacyMeta, searchText]`. */
export async function storeModels(database: StatementWriter, rows: string): Promise<number> {
  const dialect = dialectOf(database);
  return database.write(sql`
    INSERT INTO models (
      sha256, path, legacy_path, name, type, size_bytes, created_at, meta_json, legacy_meta_json, search_text
    )
    SELECT ${dialect.jsonText(0)}, ${recordColumns(database, 1)} FROM ${dialect.jsonRows(rows)} WHERE true
    ON CONFLICT DO NOTHING`);
}

/**
 * Rows: `[id, path, legacyPath, name, type, sizeBytes, createdAtMs, meta, legacyMeta, searchText, stem]`. A record that was
 * settled does not come back, nor does another with its path. Of two with one path the one with the lower id is taken, of
 * two with one id the first.
 */
export async function storePendingImports(database: StatementWriter, rows: string): Promise<number> {
  const dialect = dialectOf(database);
  return database.write(sql`
    INSERT INTO pending_import (
      id, path, legacy_path, name, type, size_bytes, created_at, meta_json, legacy_meta_json, search_text, stem
    )
    SELECT ${jsonInteger(dialect, 0)}, ${recordColumns(database, 1)}, ${dialect.jsonText(10)}
    FROM ${dialect.jsonRows(rows)}
    WHERE NOT EXISTS (SELECT 1 FROM settled_imports AS s WHERE s.legacy_path = ${dialect.jsonText(2)})
      AND NOT EXISTS (SELECT 1 FROM settled_imports AS s WHERE s.path = ${dialect.jsonText(1)})
    ORDER BY 1, rows.key
    ON CONFLICT DO NOTHING`);
}

/** Rows: `[sha256, tagId]`. A link without its model or tag is left out, and so is one of a model whose tags a person chose. */
export async function storeModelTags(database: StatementWriter, rows: string): Promise<number> {
  const dialect = dialectOf(database);
  return database.write(sql`
    INSERT INTO model_tags (sha256, tag_id)
    SELECT ${dialect.jsonText(0)}, ${jsonInteger(dialect, 1)} FROM ${dialect.jsonRows(rows)}
    WHERE EXISTS (SELECT 1 FROM models AS m WHERE m.sha256 = ${dialect.jsonText(0)} AND NOT m.has_own_tags)
      AND EXISTS (SELECT 1 FROM tags AS t WHERE t.id = ${jsonInteger(dialect, 1)})
    ON CONFLICT DO NOTHING`);
}

/** Rows: `[pendingId, tagId, legacyPath]`. A link without its record or tag is left out. */
export async function storePendingModelTags(database: StatementWriter, rows: string): Promise<number> {
  const dialect = dialectOf(database);
  return database.write(sql`
    INSERT INTO pending_model_tags (pending_id, tag_id)
    SELECT ${jsonInteger(dialect, 0)}, ${jsonInteger(dialect, 1)} FROM ${dialect.jsonRows(rows)}
    WHERE EXISTS (
        SELECT 1 FROM pending_import AS p
        WHERE p.id = ${jsonInteger(dialect, 0)} AND p.legacy_path = ${dialect.jsonText(2)}
      )
      AND EXISTS (SELECT 1 FROM tags AS t WHERE t.id = ${jsonInteger(dialect, 1)})
    ON CONFLICT DO NOTHING`);
}

/** Rows: `[pendingId, tagId, legacyPath]`. Links whose record became a model meanwhile are given to that model. */
export async function storeSettledTags(database: StatementWriter, rows: string): Promise<number> {
  const dialect = dialectOf(database);
  return database.write(sql`
    INSERT INTO model_tags (sha256, tag_id)
    SELECT s.sha256, ${jsonInteger(dialect, 1)} FROM ${dialect.jsonRows(rows)}
    JOIN settled_imports AS s ON s.legacy_path = ${dialect.jsonText(2)}
    JOIN models AS m ON m.sha256 = s.sha256 AND NOT m.has_own_tags
    JOIN tags AS t ON t.id = ${jsonInteger(dialect, 1)}
    WHERE true
    ON CONFLICT DO NOTHING`);
}

/** The tags here that have the id or the name of each row `[id, name]`, in the order of the ids. */
export async function findTagRivals(database: Database, rows: string) {
  const dialect = dialectOf(database);
  const found = await database.read(sql`
    SELECT by_id.name AS name_of_id, by_name.id AS id_of_name, ${jsonInteger(dialect, 0)} AS id
    FROM ${dialect.jsonRows(rows)}
    LEFT JOIN tags AS by_id ON by_id.id = ${jsonInteger(dialect, 0)}
    LEFT JOIN tags AS by_name ON by_name.name = ${dialect.jsonText(1)}
    ORDER BY 3`);
  return found.map((row) => ({
    id: Number(row.id),
    nameOfId: row.name_of_id as string | null,
    idOfName: row.id_of_name as number | null,
  }));
}

/** The paths of the model with each SHA-256; the legacy one is null for one that was made here. */
export async function findModelOrigins(
  database: Database,
  hashes: readonly string[],
): Promise<Map<string, { path: string; legacyPath: string | null }>> {
  if (hashes.length === 0) return new Map();
  const found = await database.prisma.model.findMany({
    where: { sha256: { in: [...hashes] } },
    select: { sha256: true, path: true, legacyPath: true },
  });
  return new Map(found.map(({ sha256, ...paths }) => [sha256, paths]));
}

export interface MovedModel {
  sha256: string;
  path: string;
  searchText: string;
}

/** Stores other paths of models. */
export async function moveModels(database: StatementWriter, models: readonly MovedModel[]): Promise<void> {
  const dialect = dialectOf(database);
  const rows = JSON.stringify(models.map(({ sha256, path, searchText }) => [sha256, path, searchText]));
  await database.write(sql`
    UPDATE models SET path = moved.path, search_text = moved.search_text, name_key = NULL
    FROM (
      SELECT ${dialect.jsonText(0)} AS sha256, ${dialect.jsonText(1)} AS path, ${dialect.jsonText(2)} AS search_text
      FROM ${dialect.jsonRows(rows)}
    ) AS moved
    WHERE models.sha256 = moved.sha256`);
}

export interface MovedPending {
  id: number;
  path: string;
  searchText: string;
  stem: string;
}

/** Stores other paths of pending imports; no other one may be there. */
export async function movePendingImports(database: StatementWriter, moved: readonly MovedPending[]): Promise<void> {
  const dialect = dialectOf(database);
  const rows = JSON.stringify(moved.map(({ id, path, searchText, stem }) => [id, path, searchText, stem]));
  await database.write(sql`
    UPDATE pending_import SET path = moved.path, search_text = moved.search_text, stem = moved.stem
    FROM (
      SELECT ${jsonInteger(dialect, 0)} AS id, ${dialect.jsonText(1)} AS path, ${dialect.jsonText(2)} AS search_text,
        ${dialect.jsonText(3)} AS stem
      FROM ${dialect.jsonRows(rows)}
    ) AS moved
    WHERE pending_import.id = moved.id`);
}

/** The records here that have the id or the path of each row `[id, path, legacyPath, …]`, in the order of the rows. */
export async function findPendingRivals(database: Database, rows: string) {
  const dialect = dialectOf(database);
  const found = await database.read(sql`
    SELECT by_id.legacy_path AS legacy_path_of_id, by_id.path AS path_of_id, by_path.id AS id_of_path,
      settled.legacy_path AS settled,
      (SELECT min(s.legacy_path) FROM settled_imports AS s WHERE s.path = ${dialect.jsonText(1)}) AS settled_of_path
    FROM ${dialect.jsonRows(rows)}
    LEFT JOIN pending_import AS by_id ON by_id.id = ${jsonInteger(dialect, 0)}
    LEFT JOIN pending_import AS by_path ON by_path.path = ${dialect.jsonText(1)}
    LEFT JOIN settled_imports AS settled ON settled.legacy_path = ${dialect.jsonText(2)}
    ORDER BY rows.key`);
  return found.map((row) => ({
    legacyPathOfId: row.legacy_path_of_id as string | null,
    pathOfId: row.path_of_id as string | null,
    idOfPath: row.id_of_path as number | null,
    isSettled: row.settled !== null,
    settledOfPath: row.settled_of_path as string | null,
  }));
}

/** The indexes of those rows `[sha256, tagId]` whose model or tag is not there. */
export async function findModelTagOrphans(database: Database, rows: string): Promise<number[]> {
  const dialect = dialectOf(database);
  return findOrphans(database, rows, sql`EXISTS (SELECT 1 FROM models AS m WHERE m.sha256 = ${dialect.jsonText(0)})`);
}

/**
 * The indexes of those rows `[pendingId, tagId, legacyPath]` whose record or tag is not there; the tags of a settled record
 * went with it and count as there.
 */
export async function findPendingModelTagOrphans(database: Database, rows: string): Promise<number[]> {
  const dialect = dialectOf(database);
  const hasOwner = sql`(
    EXISTS (
      SELECT 1 FROM pending_import AS p
      WHERE p.id = ${jsonInteger(dialect, 0)} AND p.legacy_path = ${dialect.jsonText(2)}
    )
    OR EXISTS (SELECT 1 FROM settled_imports AS s WHERE s.legacy_path = ${dialect.jsonText(2)})
  )`;
  return findOrphans(database, rows, hasOwner);
}

async function findOrphans(database: Database, rows: string, hasOwner: Sql): Promise<number[]> {
  const dialect = dialectOf(database);
  const links = JSON.parse(rows) as unknown[][];
  const numbered = JSON.stringify(links.map((link, index) => [...link, index]));
  const width = links[0]?.length ?? 0;
  const found = await database.read(sql`
    SELECT ${jsonInteger(dialect, width)} AS place FROM ${dialect.jsonRows(numbered)}
    WHERE NOT (${hasOwner} AND EXISTS (SELECT 1 FROM tags AS t WHERE t.id = ${jsonInteger(dialect, 1)}))
    ORDER BY place`);
  return found.map((row) => Number(row.place));
}

/** Path, legacy path, name, type, size, time, meta, legacy meta and search text, from that index on. */
function recordColumns(database: Pick<Database, 'provider'>, from: number): Sql {
  const dialect = dialectOf(database);
  const text = (offset: number) => dialect.jsonText(from + offset);
  return join([
    text(0),
    text(1),
    text(2),
    text(3),
    jsonInteger(dialect, from + 4),
    dialect.timestamp(jsonInteger(dialect, from + 5)),
    dialect.json(from + 6),
    text(7),
    text(8),
  ]);
}
