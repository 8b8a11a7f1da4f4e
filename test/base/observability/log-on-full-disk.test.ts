import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../src/base/database/open-database.ts';
import { createDeletionsLog } from '../../../src/library/catalogue/deletions-log.ts';
import { escapeName } from '../../../src/base/files/escape-name.ts';
import { compiledPath } from '../../support/compile-sources.ts';
import { canMount, mountFilesystem } from '../../support/mount-filesystem.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const hostile = 'film\n{"category":"forged"}\u0085\u2028\r.mp4';

// Skipped where this process may not mount: a full disk cannot be had otherwise.
it.runIf(canMount)(
  'a log that goes to a file on a full disk ends nothing, and goes on once there is room',
  async () => {
    const folder = await mountFilesystem('-o', 'size=64k');
    await writeFile(join(folder, 'filler'), Buffer.alloc(64 * 1024)).catch(() => undefined); // as much as there is room for
    const output = openSync(join(folder, 'log'), 'a');
    const createLog = compiledPath(new URL('../../../src/commands/create-log.ts', import.meta.url));
    const settings = compiledPath(new URL('../../../src/base/config/settings.ts', import.meta.url));
    const script = `
    const { createServiceLog } = await import(${JSON.stringify(createLog)});
    const { loadSettings } = await import(${JSON.stringify(settings)});
    const log = createServiceLog(loadSettings({}, '/'));
    for (let index = 0; index < 100; index++) log.info({ index }, 'while the disk is full');
    process.send('full');
    process.once('message', () => { log.info('there is room'); process.disconnect(); });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', output, 'inherit', 'ipc'],
    });
    closeSync(output);
    const ended = once(child, 'exit');
    await once(child, 'message');
    await rm(join(folder, 'filler'));
    child.send('go on');
    expect(await ended).toEqual([0, null]);
    expect(await readFile(join(folder, 'log'), 'utf8')).toContain('there is room');
  },
);

it.runIf(canMount)(
  'the record of deletions says that its disk is full, and has every line once there is room',
  async () => {
    const folder = await mountFilesystem('-o', 'size=64k');
    const database = await openDatabase(`file:${join(await temporaryFolder(), 'a.db')}`);
    onTestFinished(() => database.close());
    const log = createDeletionsLog({ database, folder, log: { error: () => undefined } });
    const note = (paths: string[]) =>
      database.transaction((transaction) => {
        const entries = paths.map((path) => ({ category: 'movies', path, previousStatus: 'available', action }));
        return log.note(transaction, entries, new Date(0));
      });
    const paths = Array.from({ length: 300 }, (_, index) => `film ${index}.mp4`);
    await note(paths);
    await writeFile(join(folder, 'filler'), Buffer.alloc(52 * 1024));
    await expect(log.write()).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
    await rm(join(folder, 'filler'));
    await note([hostile]);
    await log.write();
    const lines = (await readFile(join(folder, 'media_deletions.log'), 'utf8')).trimEnd().split(/[\n\r\u0085\u2028]/);
    expect(lines.map((line) => (JSON.parse(line) as { path: string }).path)).toEqual([...paths, escapeName(hostile)]);
  },
);

const action = 'marked_missing' as const;
