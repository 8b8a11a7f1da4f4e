import SqliteDatabase from 'better-sqlite3';
import { open } from 'node:fs/promises';

/** A page has 16 KiB; between two steps whoever else uses this thread has a turn. */
const pagesPerStep = 500;

/**
 * Copies a database that others are writing to, as it is at one moment, by SQLite's online backup. They do not wait for it.
 * The copy is on the disk when this returns.
 */
export async function snapshotSqlite(path: string, target: string, signal: AbortSignal): Promise<void> {
  const source = new SqliteDatabase(path, { readonly: true, timeout: 5_000 });
  try {
    // A transaction holds the database at one moment. Otherwise SQLite begins the copy anew with every commit of
    // another process, and beside a busy one never ends.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_master').get();
    await source.backup(target, {
      progress() {
        signal.throwIfAborted();
        return pagesPerStep;
      },
    });
  } finally {
    source.close();
  }
  const handle = await open(target, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
