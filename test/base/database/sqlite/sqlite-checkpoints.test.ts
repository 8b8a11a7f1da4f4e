import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { Database } from '../../../../src/base/database/database.ts';
import { openDatabase } from '../../../../src/base/database/open-database.ts';
import { raw, sql } from '../../../../src/base/database/sql.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const pageBytes = 16_384;

async function open() {
  const path = join(await temporaryFolder(), 'catalogue.db');
  const database = await openDatabase(`file:${path}`);
  await database.write(sql`CREATE TABLE filled (id INTEGER PRIMARY KEY, bytes BLOB)`);
  // What another process sees of the log: its pages, and how many of them are in the database's file.
  const other = new SqliteDatabase(path);
  const readLog = () => (other.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[])[0]!;
  return { path, database, other, readLog };
}

/** Writes that many pages, in transactions of ten. */
async function fill(database: Database, pages: number): Promise<void> {
  const bytes = raw(`zeroblob(${pageBytes})`);
  for (let done = 0; done < pages; done += 10) {
    await database.transaction(async (transaction) => {
      for (let page = 0; page < 10; page++) await transaction.write(sql`INSERT INTO filled (bytes) VALUES (${bytes})`);
    });
  }
}

it('copies a long log beside whoever writes, and leaves a short one alone', async () => {
  const { path, database, other, readLog } = await open();
  await fill(database, 300);
  const before = (await stat(path)).size;
  expect(readLog().checkpointed).toBe(0);
  await fill(database, 1200);
  // SQLite itself would not have copied anything yet.
  expect(readLog().log).toBeLessThan(12_000);
  await expect.poll(() => readLog().checkpointed, { timeout: 60_000 }).toBeGreaterThan(1_000);
  expect((await stat(path)).size).toBeGreaterThan(before);
  other.close();
  await database.close();
  const again = await openDatabase(`file:${path}`);
  expect(await again.read(sql`SELECT count(*) AS pages FROM filled`)).toEqual([{ pages: 1500 }]);
  await again.close();
});

it('begins a full log anew, so that it does not grow while somebody writes on and on', async () => {
  const { path, database, other, readLog } = await open();
  let longest = 0;
  await expect
    .poll(
      async () => {
        // Far below what would have SQLite itself copy it, there is time for the thread, whoever waits for a processor.
        await (longest < 8_000 ? fill(database, 200) : setTimeout(200).then(() => fill(database, 10)));
        const { log } = readLog();
        longest = Math.max(longest, log);
        return log < longest;
      },
      { timeout: 120_000, interval: 1 },
    )
    .toBe(true);
  expect(longest).toBeLessThan(12_000);
  other.close();
  await database.close();
  // The last one to close copies the rest and removes the log.
  await expect(stat(`${path}-wal`)).rejects.toMatchObject({ code: 'ENOENT' });
});
