import { setTimeout as sleep } from 'node:timers/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';

export type Row = Record<string, unknown>;

/** Reads the database of a work folder past the service. */
export function readRows(folder: string, query: string, ...values: unknown[]): Row[] {
  const database = new SqliteDatabase(join(folder, 'data/catalogue.db'), { readonly: true });
  try {
    return database.prepare(query).all(...values) as Row[];
  } finally {
    database.close();
  }
}

/** What is to be done yet: jobs, pictures that move, headers to be read, items that wait for the search index. */
const workLeft = `SELECT
  (SELECT count(*) FROM jobs WHERE status IN ('QUEUED', 'RUNNING', 'CANCELLING')) +
  (SELECT count(*) FROM picture_moves WHERE failure IS NULL) +
  (SELECT count(*) FROM media_items JOIN shelves ON shelves.id = shelf_id
    WHERE status = 'AVAILABLE' AND probed_at IS NULL) +
  (SELECT max(0, coalesce((SELECT max(id) FROM media_items), 0) - indexed_up_to) FROM media_search_state) AS pending`;

/** Waits until nothing is left to do; throws after `timeoutMs`. */
export async function settle(folder: string, timeoutMs = 40_000): Promise<void> {
  if (!existsSync(join(folder, 'data/catalogue.db'))) return;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const [row] = readRows(folder, workLeft);
    if (row?.pending === 0) return;
    if (Date.now() > deadline) {
      const jobs = readRows(folder, 'SELECT kind, status, failure, runner FROM jobs');
      throw new Error(`the service does not settle: ${String(row?.pending)} left, jobs ${JSON.stringify(jobs)}`);
    }
    await sleep(30);
  }
}
