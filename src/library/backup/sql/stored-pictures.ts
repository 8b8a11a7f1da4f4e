import type { SqliteConnection } from '../../../base/database/sqlite/sqlite-connection.ts';
import { empty, raw, sql } from '../../../base/database/sql.ts';

// Reads which files have rows in a database in one SQLite file, however old its schema is, a page at a time.

const pageRows = 1_000;

export function* readModelImages(connection: SqliteConnection): Generator<{ sha256: string; seq: number }> {
  if (!hasTable(connection, 'model_images')) return;
  const present = hasColumn(connection, 'model_images', 'removed_at') ? raw('AND removed_at IS NULL') : empty;
  let sha256 = '';
  let seq = -1;
  for (;;) {
    const rows = connection.all(sql`
      SELECT sha256, seq FROM model_images WHERE (sha256, seq) > (${sha256}, ${seq}) ${present}
      ORDER BY sha256, seq LIMIT ${pageRows}`) as { sha256: string; seq: number }[];
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    ({ sha256, seq } = last);
  }
}

/** Names of pictures of pending imports and of pictures that a promotion noted to be moved, each once. */
export function* readPendingNames(connection: SqliteConnection): Generator<string> {
  if (!hasTable(connection, 'pending_images')) return;
  let after = '';
  for (;;) {
    const rows = connection.all(sql`
      SELECT name FROM pending_images WHERE name > ${after}
      UNION SELECT name FROM picture_moves WHERE name > ${after}
      ORDER BY name LIMIT ${pageRows}`) as { name: string }[];
    for (const { name } of rows) yield name;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.name;
  }
}

/** Whether a pending picture with that name still has a row. */
export function isPendingName(connection: SqliteConnection, name: string): boolean {
  const [row] = connection.all(sql`
    SELECT EXISTS (SELECT 1 FROM pending_images WHERE name = ${name})
      OR EXISTS (SELECT 1 FROM picture_moves WHERE name = ${name}) AS is_there`);
  return row?.is_there === 1;
}

export function* readProxyFiles(connection: SqliteConnection): Generator<{ filename: string; sha256: string }> {
  if (!hasTable(connection, 'image_proxies')) return;
  let after = 0;
  for (;;) {
    const rows = connection.all(sql`
      SELECT id, filename, sha256 FROM image_proxies WHERE id > ${after} AND sha256 IS NOT NULL
      ORDER BY id LIMIT ${pageRows}`) as { id: number; filename: string; sha256: string }[];
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

export function readAppliedMigrations(connection: SqliteConnection): string[] {
  if (!hasTable(connection, '_prisma_migrations')) return [];
  const rows = connection.all(sql`
    SELECT migration_name AS name FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`);
  return rows.map(({ name }) => name as string);
}

function hasColumn(connection: SqliteConnection, table: string, name: string): boolean {
  return connection.all(sql`SELECT 1 FROM pragma_table_info(${table}) WHERE name = ${name}`).length > 0;
}

function hasTable(connection: SqliteConnection, name: string): boolean {
  return connection.all(sql`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ${name}`).length > 0;
}
