import { expect, it } from 'vitest';
import { createCommonFolders, createSamples } from '../../../../src/library/legacy/preview/common-folders.ts';
import { suggestMapping } from '../../../../src/library/legacy/preview/suggest-mapping.ts';

function foldersOf(...paths: string[]) {
  const folders = createCommonFolders();
  for (const path of paths) folders.add(path);
  return folders.list().map(({ modelCount, path }) => [path, modelCount]);
}

it('finds the deepest folder of each drive, share and top folder, however its paths are written', () => {
  expect(
    foldersOf(
      String.raw`D:\ComfyUI\models\loras\a.bin`,
      'd:/comfyui/Models/checkpoints/b.bin',
      'd:/comfyui/Models/c.bin',
      String.raw`\\nas\media\models\a.bin`,
      String.raw`\\nas\other\b.bin`,
      'E:/a.bin',
      '/srv/models/x/a.bin',
      '/srv/models/y/b.bin',
      'models/a.bin',
    ),
  ).toEqual([
    [String.raw`D:\ComfyUI\models`, 3],
    ['/srv/models', 2],
    [String.raw`\\nas\media\models`, 1],
    [String.raw`\\nas\other`, 1],
    ['E:\\', 1],
    ['models', 1],
  ]);
});

it('keeps samples from all over, and no more than it was told', () => {
  const samples = createSamples(4);
  for (let at = 0; at < 1_000; at += 1) samples.add(String(at));
  const kept = samples.list().map(Number);
  expect(kept).toHaveLength(4);
  expect(Math.max(...kept)).toBeGreaterThan(300);
  const few = createSamples(4);
  few.add('a');
  expect(few.list()).toEqual(['a']);
});

it('proposes the folder in which most of the files are found again, by the ends of their paths', async () => {
  const there = new Set(['/nas/loras/a.bin', '/nas/loras/b.bin', '/srv/b.bin']);
  const isFile = async (path: string) => there.has(path);
  const path = String.raw`D:\AI\models`;
  const samples = [String.raw`D:\AI\models\loras\a.bin`, String.raw`D:\AI\models\loras\b.bin`];
  expect(await suggestMapping({ path, samples }, ['/srv', '/nas'], isFile)).toEqual({ from: path, to: '/nas' });
  expect(await suggestMapping({ path, samples }, ['/empty'], isFile)).toBeNull();
  const share = [String.raw`\\nas\ai\loras\a.bin`];
  expect(await suggestMapping({ path: String.raw`\\nas\ai`, samples: share }, ['/nas'], isFile)).toEqual({
    from: String.raw`\\nas\ai`,
    to: '/nas',
  });
});
