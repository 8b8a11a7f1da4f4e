import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readMapping } from '../../../src/commands/migrate-legacy.ts';
import { createPathMapper } from '../../../src/library/legacy/map-path.ts';
import { createShadowMappings } from '../../../src/library/legacy/shadow-mappings.ts';
import { shadowPathOf } from '../../../src/library/legacy/write-shadow-files.ts';

const paths = [
  String.raw`D:\ComfyUI\models\a.safetensors`,
  'd:/other/b.bin',
  String.raw`\\nas\share\deep\c.bin`,
  '/srv/models/d.bin',
  '/e=mc2/e.bin',
  'relative/f.bin',
];

it('leads each legacy path to the place of its shadow, as the option --map reads it', () => {
  const mappings = createShadowMappings('/tmp/out');
  for (const path of [...paths, 'nameless.bin', '/srv/../../x']) mappings.add(path);
  expect(mappings.list()).toEqual([
    { from: 'D:\\', to: '/tmp/out/D' },
    { from: String.raw`\\nas\share`, to: '/tmp/out/nas/share' },
    { from: '/', to: '/tmp/out' },
    { from: 'relative', to: '/tmp/out/relative' },
  ]);
  const map = createPathMapper(mappings.list().map(({ from, to }) => readMapping(`${from}=${to}`)));
  const places = paths.map((path) => join('/tmp/out', shadowPathOf(path)!).replace('shadow_', ''));
  expect(paths.map(map)).toEqual(places);
});
