import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withBuildLock } from '../../scripts/build-lock.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function lockPath(): Promise<{ folder: string; path: string }> {
  const folder = await temporaryFolder();
  return { folder, path: join(folder, '.building') };
}

const nothing = (): void => undefined;

it('does one work after the other, and tells those that wait once', async () => {
  const { folder, path } = await lockPath();
  const said: string[] = [];
  let endFirst = nothing;
  const working = withBuildLock(
    path,
    async () => {
      said.push('first begins');
      await new Promise<void>((resolve) => (endFirst = resolve));
      said.push('first ends');
    },
    nothing,
  );
  const second = withBuildLock(
    path,
    async () => void said.push('second'),
    () => {
      said.push('second waits');
      endFirst();
    },
  );
  await Promise.all([working, second]);
  expect(said).toEqual(['first begins', 'second waits', 'first ends', 'second']);
  expect(await readdir(folder)).toEqual([]);
});

it('leaves no lock behind where the work fails', async () => {
  const { folder, path } = await lockPath();
  const work = withBuildLock(path, () => Promise.reject(new Error('does not compile')), nothing);
  await expect(work).rejects.toThrow('does not compile');
  expect(await readdir(folder)).toEqual([]);
});

it('takes over from a process that was killed', async () => {
  const { path } = await lockPath();
  const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(dead, 'close');
  await writeFile(path, String(dead.pid));
  const done: string[] = [];
  await withBuildLock(path, async () => void done.push('built'), nothing);
  expect(done).toEqual(['built']);
});

it('takes over a lock that is not renewed, though its number is that of a process', async () => {
  const { path } = await lockPath();
  await writeFile(path, String(process.pid));
  const longAgo = new Date(Date.now() - 120_000);
  await utimes(path, longAgo, longAgo);
  const done: string[] = [];
  await withBuildLock(path, async () => void done.push('built'), nothing);
  expect(done).toEqual(['built']);
});
