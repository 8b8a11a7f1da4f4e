import { expect, it } from 'vitest';
import { createPathMapper, filenameOf, stemOf } from '../../../src/library/legacy/map-path.ts';

it('maps Windows paths in any case and with either separator', () => {
  const map = createPathMapper([{ from: String.raw`D:\ComfyUI\Models`, to: '/srv/models' }]);
  expect(map(String.raw`D:\ComfyUI\models\loras\Ä b.safetensors`)).toBe('/srv/models/loras/Ä b.safetensors');
  expect(map('d:/comfyui/models/a.bin')).toBe('/srv/models/a.bin');
  expect(map(String.raw`D:\ComfyUI\Models`)).toBe('/srv/models');
});

it('compares whole segments, and POSIX paths in their case', () => {
  const map = createPathMapper([
    { from: String.raw`D:\models`, to: '/win' },
    { from: '/old/models/', to: '/new' },
  ]);
  expect(map(String.raw`D:\models-2\a.bin`)).toBe(String.raw`D:\models-2\a.bin`);
  expect(map('/old/models/x/a.bin')).toBe('/new/x/a.bin');
  expect(map('/old/Models/a.bin')).toBe('/old/Models/a.bin');
  expect(map('old/models/a.bin')).toBe('old/models/a.bin');
});

it('lets the longest mapping decide, in whatever order they stand', () => {
  const map = createPathMapper([
    { from: 'D:/', to: '/d' },
    { from: 'D:/models/loras', to: '/loras' },
    { from: 'D:/models', to: '/models' },
  ]);
  expect(map('D:/models/loras/a.bin')).toBe('/loras/a.bin');
  expect(map('D:/models/a.bin')).toBe('/models/a.bin');
  expect(map('D:/a.bin')).toBe('/d/a.bin');
});

it('maps network shares', () => {
  const map = createPathMapper([{ from: String.raw`\\nas\share`, to: '/mnt/nas' }]);
  expect(map(String.raw`\\NAS\share\a.bin`)).toBe('/mnt/nas/a.bin');
});

it('finds filenames and stems on both kinds of systems', () => {
  expect(filenameOf(String.raw`D:\models\a.b.safetensors`)).toBe('a.b.safetensors');
  expect(filenameOf('/models/back\\slash.bin')).toBe('back\\slash.bin');
  expect([stemOf('a.b.safetensors'), stemOf('.hidden'), stemOf('none')]).toEqual(['a.b', '.hidden', 'none']);
});
