import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCommand, startCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeVideo, upload } from '../support/upload.ts';

it('backs up beside a running service that is uploaded to, and restores when it has ended', async () => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, 'movies'));
  await mkdir(join(cwd, 'config'));
  const category = `{key: movies, label: Movies, default: true, root_path: ${join(cwd, 'movies')}}`;
  await writeFile(join(cwd, 'config/watch_media_dirs.yml'), `version: 2\ncategories:\n  - ${category}\n`);
  const env = { PORT: '0', SCAN_ON_START: 'off' };
  const service = startCommand(['serve'], { cwd, env });
  const [, url = ''] = await service.printed(/"url":"([^"]+)"/);
  let uploaded = 0;
  let isOver = false;
  const uploading = (async () => {
    for (; !isOver; uploaded++) {
      const { result } = await upload(url, await makeVideo(100_000), `film ${uploaded}.mp4`);
      expect(result.__typename).toBe('MediaItem');
    }
  })();
  const atLeast = uploaded;
  const taken = await runCommand(['backup', 'state.tar'], { cwd });
  expect(taken).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/state\.tar: 4 files, [\d.]+ MB\n/),
    stderr: '',
  });
  expect(await runCommand(['backup', 'state.tar'], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^There is a file .*--force\.\n$/),
  });
  const refused = await runCommand(['restore', 'state.tar', '--force'], { cwd });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Stop it first') });
  isOver = true;
  await uploading;
  expect(uploaded).toBeGreaterThan(atLeast);
  service.process.kill('SIGTERM');
  expect(await service.ended).toBe(0);

  expect(await runCommand(['restore', 'state.tar'], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--force'),
  });
  const restored = await runCommand(['restore', 'state.tar', '--force'], { cwd });
  expect(restored).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/is in place\.\nWhat was there before is in/),
  });
  expect((await readdir(join(cwd, 'data'))).filter((name) => name.startsWith('before-restore-'))).toHaveLength(1);
  // What was uploaded after the backup is in its root, where the next scan finds it again.
  const scanned = await runCommand(['scan', '--json'], { cwd });
  const { categories } = JSON.parse(scanned.stdout) as { categories: { added: number; unchanged: number }[] };
  const [{ added, unchanged }] = categories as [{ added: number; unchanged: number }];
  expect(added + unchanged).toBe(uploaded);
  expect(added).toBeGreaterThan(0);
});
