import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openDatabase } from '../../../../src/base/database/open-database.ts';
import { createSqliteFlush } from '../../../../src/base/database/sqlite/sqlite-flush.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** Holds every flush until it is let go. */
async function holdFlushes(folder: string): Promise<{ started: () => number; letGo: () => void }> {
  const handle = await open(join(folder, 'any'), 'w');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const waiting: (() => void)[] = [];
  const datasync = vi
    .spyOn(prototype, 'datasync')
    .mockImplementation(() => new Promise<void>((resolve) => waiting.push(resolve)));
  return { started: () => datasync.mock.calls.length, letGo: () => waiting.splice(0).forEach((resolve) => resolve()) };
}

it('lets those who come while the log is written down share the next time, which begins after their commit', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'catalogue.db');
  const database = await openDatabase(`file:${path}`);
  await database.flush();
  const flush = createSqliteFlush(path);
  await flush();
  const { started, letGo } = await holdFlushes(folder);
  const done: string[] = [];
  const note = (name: string) => flush().then(() => done.push(name));
  const first = note('first');
  await expect.poll(started).toBe(1);
  const others = [note('second'), note('third')];
  letGo();
  await first;
  await expect.poll(started).toBe(2);
  expect(done).toEqual(['first']);
  letGo();
  await Promise.all(others);
  expect([done, started()]).toEqual([['first', 'second', 'third'], 2]);
  await database.close();
});

it('minds no log that is not there yet', async () => {
  const flush = createSqliteFlush(join(await temporaryFolder(), 'catalogue.db'));
  await expect(flush()).resolves.toBeUndefined();
});
