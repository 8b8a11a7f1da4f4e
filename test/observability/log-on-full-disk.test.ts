import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createDeletionsLog } from '../../src/scan/deletions-log.ts';
import { canMount, mountFilesystem } from '../support/mount-filesystem.ts';

const hostile = 'film\n{"category":"forged"}\u0085\u2028\r.mp4';

// Skipped where this process may not mount: a full disk cannot be had otherwise.
it.runIf(canMount)(
  'a log that goes to a file on a full disk ends nothing, and goes on once there is room',
  async () => {
    const folder = await mountFilesystem('-o', 'size=64k');
    await writeFile(join(folder, 'filler'), Buffer.alloc(64 * 1024)).catch(() => undefined); // as much as there is room for
    const output = openSync(join(folder, 'log'), 'a');
    const createLog = fileURLToPath(new URL('../../src/commands/create-log.ts', import.meta.url));
    const settings = fileURLToPath(new URL('../../src/config/settings.ts', import.meta.url));
    const script = `
    const { createServiceLog } = await import(${JSON.stringify(createLog)});
    const { loadSettings } = await import(${JSON.stringify(settings)});
    const log = createServiceLog(loadSettings({}, '/'));
    for (let index = 0; index < 100; index++) log.info({ index }, 'while the disk is full');
    process.send('full');
    process.once('message', () => { log.info('there is room'); process.disconnect(); });`;
    const child = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script],
      {
        stdio: ['ignore', output, 'inherit', 'ipc'],
      },
    );
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
  'the record of deletions says that its disk is full, and no later line is joined to a torn one',
  async () => {
    const folder = await mountFilesystem('-o', 'size=64k');
    const log = createDeletionsLog(folder);
    await log.appendMissing('movies', ['before.mp4'], new Date(0));
    await writeFile(join(folder, 'filler'), Buffer.alloc(52 * 1024));
    const many = Array.from({ length: 1_000 }, (_, index) => `film ${index}.mp4`);
    await expect(log.appendMissing('movies', many, new Date(0))).rejects.toMatchObject({ code: 'STORAGE_ERROR' });
    await rm(join(folder, 'filler'));
    await log.appendMissing('movies', [hostile], new Date(0));
    const lines = (await readFile(join(folder, 'media_deletions.log'), 'utf8')).trimEnd().split(/[\n\r\u0085\u2028]/);
    expect(JSON.parse(lines[0]!)).toMatchObject({ path: 'before.mp4' });
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ category: 'movies', path: hostile });
  },
);
