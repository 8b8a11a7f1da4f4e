import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { probeFiles } from '../../../src/library/metadata/probe-files.task.ts';
import { createWorkerPool } from '../../../src/library/workers/worker-pool.ts';
import { waitUntilNoneIsOpen } from '../../support/list-open-files.ts';
import { probeFixtures, probeOne } from './probe-one.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-files-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const fixture = (name: string) => join(probeFixtures, name);

it('answers for every file in order, whatever the others are', async () => {
  writeFileSync(join(folder, 'empty.jpg'), '');
  copyFileSync(fixture('orientation-6.jpg'), join(folder, 'good.jpg'));
  const files = ['empty.jpg', 'good.jpg', 'gone.jpg', '..', '../../etc/hostname'].map((name, id) => ({
    id,
    path: join(folder, name),
    rootPath: folder,
    mediaType: 'IMAGE' as const,
  }));
  const results = await probeFiles({ files });
  expect(results.map((result) => [result.id, result.ok ? result.width : result.code])).toEqual([
    [0, 'EMPTY_FILE'],
    [1, 60],
    [2, 'MEDIA_FILE_GONE'],
    [3, 'OUTSIDE_ROOT'],
    [4, expect.stringMatching(/OUTSIDE_ROOT|MEDIA_FILE_GONE/)],
  ]);
});

it.runIf(process.platform === 'linux')('leaves no file open', async () => {
  for (const name of ['upright.mp4', 'truncated.mp4', 'orientation-6.jpg', 'tone.mp3']) {
    await probeOne(name, 'VIDEO');
    await probeOne(name, 'IMAGE');
  }
  await expect(waitUntilNoneIsOpen(probeFixtures)).resolves.toBeUndefined();
});

it('serves several callers at once with the one parser', async () => {
  const names = ['upright.mp4', 'rotated-90.mp4', 'upright.mp4', 'rotated-90.mp4'];
  const results = await Promise.all(names.map((name) => probeOne(name, 'VIDEO')));
  expect(results.map((result) => result.ok && result.width)).toEqual([320, 180, 320, 180]);
});

it('runs in the worker pool', async () => {
  const pool = createWorkerPool();
  try {
    const files = (['upright.mp4', 'orientation-6.jpg', 'truncated.mp4'] as const).map((name, id) => ({
      id,
      path: fixture(name),
      rootPath: probeFixtures,
      mediaType: name.endsWith('.jpg') ? ('IMAGE' as const) : ('VIDEO' as const),
    }));
    expect(await pool.run('probeFiles', { files })).toMatchObject([
      { id: 0, ok: true, width: 320, durationSeconds: 2 },
      { id: 1, ok: true, width: 60 },
      { id: 2, ok: false, code: 'UNREADABLE_MEDIA' },
    ]);
  } finally {
    await pool.close();
  }
});
