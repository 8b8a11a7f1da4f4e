import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { environmentSchema } from '../../src/base/config/settings-schema.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const unit = await readFile(join(root, 'packaging/mediashelf.service'), 'utf8');
const valuesOf = (key: string) => Array.from(unit.matchAll(new RegExp(`^${key}=(.*)$`, 'gm')), ([, value]) => value);

it('starts the program of the package by a command that it has', async () => {
  const { bin } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { bin: Record<string, string> };
  const [folder] = valuesOf('WorkingDirectory');
  expect(valuesOf('ExecStart')).toEqual([`/usr/bin/node ${folder}/${bin.mediashelf} serve`]);
  const { code, stdout } = await runCommand(['--help'], { cwd: await temporaryFolder() });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}serve /m);
});

it('sets what the service knows, in folders that the unit has made for it', () => {
  const settings = Object.fromEntries(
    valuesOf('Environment').flatMap((line) => (line ?? '').split(' ').map((setting) => setting.split('='))),
  ) as Record<string, string>;
  const { MALLOC_ARENA_MAX, UV_THREADPOOL_SIZE, ...environment } = settings;
  expect(MALLOC_ARENA_MAX).toBe('2');
  // Flushes of many uploads must not take all threads that read files.
  expect(UV_THREADPOOL_SIZE).toBe('16');
  expect(Object.keys(environment).filter((name) => !(name in environmentSchema.shape))).toEqual([]);
  expect(environmentSchema.parse(environment)).toMatchObject({
    NODE_ENV: 'production',
    DATA_DIR: `/var/lib/${valuesOf('StateDirectory')[0]}`,
    LOG_DIR: `/var/log/${valuesOf('LogsDirectory')[0]}`,
    MEDIA_CONFIG: `/etc/${valuesOf('ConfigurationDirectory')[0]}/watch_media_dirs.yml`,
  });
});

it('is not root, and gives open responses longer than the service does', () => {
  expect(valuesOf('User')).toEqual(['mediashelf']);
  expect(Number(valuesOf('TimeoutStopSec')[0])).toBeGreaterThan(10);
});
