import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { sql } from '../../../src/base/database/sql.ts';
import { appendMissingLines } from '../../../src/base/files/append-missing-lines.ts';
import { createDeletionsLog } from '../../../src/library/catalogue/deletions-log.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('Lines that are brought to a file', () => {
  const lines = ['{"a":"Zoë 1"}', '{"a":"Zoë 2"}', '{"a":"Zoë 3"}'];
  const whole = `${lines.join('\n')}\n`;

  it('stand in it once, at whichever byte the writing broke off', async () => {
    const path = join(await temporaryFolder(), 'log');
    const before = '{"a":"before"}\n';
    const total = Buffer.byteLength(before + whole);
    for (let bytes = before.length; bytes <= total; bytes++) {
      await writeFile(path, before + whole);
      await truncate(path, bytes);
      await appendMissingLines(path, lines);
      expect(await readFile(path, 'utf8')).toBe(before + whole);
    }
  });

  it('are known also where others that were noted earlier are not there yet', async () => {
    const path = join(await temporaryFolder(), 'log');
    await writeFile(path, `${lines[1]}\n`);
    await appendMissingLines(path, lines);
    expect(await readFile(path, 'utf8')).toBe([lines[1], lines[0], lines[2], ''].join('\n'));
  });

  it('are not mixed with half a line that somebody else left', async () => {
    const path = join(await temporaryFolder(), 'log');
    await writeFile(path, 'half');
    await appendMissingLines(path, lines);
    expect(await readFile(path, 'utf8')).toBe(`half\n${whole}`);
  });
});

const at = new Date('2026-05-01T10:00:00Z');
const entry = (path: string) =>
  ({ category: 'movies', path, previousStatus: 'available', action: 'marked_missing' }) as const;
const lineOf = (name: string) =>
  `{"timestamp":"2026-05-01T10:00:00.000Z","category":"movies","path":"${name}","previous_status":"available","action":"marked_missing"}\n`;
const waiting = async (database: Database) => (await database.read(sql`SELECT line FROM deletion_lines`)).length;

describeOnEachDatabase('The deletions log', (open) => {
  it('has a line for what was committed, and none for what was rolled back', async () => {
    const database = await open();
    const folder = join(await temporaryFolder(), 'logs');
    const log = createDeletionsLog({ database, folder, log: { error: () => undefined } });
    await database.transaction((transaction) => log.note(transaction, [entry('a.mp4'), entry('b.mp4')], at));
    const failed = database.transaction(async (transaction) => {
      await log.note(transaction, [entry('c.mp4')], at);
      throw new Error('roll back');
    });
    await expect(failed).rejects.toThrow('roll back');
    await Promise.all([log.write(), log.write()]);
    const path = join(folder, 'media_deletions.log');
    expect(await readFile(path, 'utf8')).toBe(lineOf('a.mp4') + lineOf('b.mp4'));
    expect(await waiting(database)).toBe(0);
  });

  it('keeps what it could not write, and does not write it twice', async () => {
    const database = await open();
    const folder = join(await temporaryFolder(), 'logs');
    const log = createDeletionsLog({ database, folder, log: { error: () => undefined } });
    await writeFile(folder, 'a file in the place of the folder');
    await database.transaction((transaction) => log.note(transaction, [entry('a.mp4')], at));
    await expect(log.write()).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(await waiting(database)).toBe(1);
    await rm(folder);
    await log.write();
    const path = join(folder, 'media_deletions.log');
    const written = await readFile(path, 'utf8');
    // As a kill between the writing and the commit leaves it.
    await database.transaction((transaction) => log.note(transaction, [entry('a.mp4')], at));
    await log.write();
    expect(await readFile(path, 'utf8')).toBe(written);
    expect(await waiting(database)).toBe(0);
  });
});
