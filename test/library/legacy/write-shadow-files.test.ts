import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { shadowPathOf, writeShadowFiles } from '../../../src/library/legacy/write-shadow-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function* pages(...paths: string[]) {
  yield paths.map((path, index) => ({ item: `models/${index + 1}`, path }));
}

it('mirrors the tree of another machine, without colons and separators in front', () => {
  expect(shadowPathOf(String.raw`D:\ComfyUI\models\a.safetensors`)).toBe('D/ComfyUI/models/shadow_a.safetensors');
  expect(shadowPathOf('/srv//models/./a.safetensors')).toBe('srv/models/shadow_a.safetensors');
  expect(shadowPathOf(String.raw`\\nas\share\a.bin`)).toBe('nas/share/shadow_a.bin');
  expect(shadowPathOf('a.bin')).toBe('shadow_a.bin');
  for (const path of ['../a.bin', String.raw`C:\..\..\a.bin`, '/x/..', '', '/', 'nul\0.bin']) {
    expect(shadowPathOf(path)).toBeNull();
  }
});

it('writes 16 salted bytes each, and nothing over a file that is there', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'out/m'), { recursive: true });
  await writeFile(join(folder, 'out/m/shadow_mine.bin'), 'mine');
  const report = await writeShadowFiles(pages('/m/a.bin', '/m/b.bin', '/m/mine.bin', '/m/a.bin'), join(folder, 'out'));
  expect(report).toEqual({ written: 2, alreadyPresent: 2, refused: [] });
  const [a, b] = await Promise.all(['a', 'b'].map((name) => readFile(join(folder, `out/m/shadow_${name}.bin`))));
  expect([a?.length, b?.length]).toEqual([16, 16]);
  expect(a).not.toEqual(b);
  expect(await readFile(join(folder, 'out/m/shadow_mine.bin'), 'utf8')).toBe('mine');
});

it('never leaves its folder, also not by a link in it or through a file', async () => {
  const folder = await temporaryFolder();
  const out = join(folder, 'out');
  await mkdir(join(folder, 'outside'));
  await mkdir(out);
  await symlink(join(folder, 'outside'), join(out, 'link'));
  await symlink(join(folder, 'outside/new.bin'), join(out, 'shadow_dangling.bin'));
  await writeFile(join(out, 'file'), '');
  const report = await writeShadowFiles(
    pages('/link/deep/a.bin', '../a.bin', '/file/a.bin', 'dangling.bin', `/${'x'.repeat(300)}/a.bin`, '/ok/a.bin'),
    out,
  );
  expect(report).toMatchObject({ written: 1, alreadyPresent: 1 });
  expect(report.refused.map(({ item, code }) => `${code} ${item}`)).toEqual(
    [1, 2, 3, 5].map((number) => `PATH_NOT_MIRRORED models/${number}`),
  );
  expect(await readdir(join(folder, 'outside'))).toEqual([]);
});
