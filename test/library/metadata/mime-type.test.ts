import { expect, it } from 'vitest';
import { mimeTypeOf } from '../../../src/library/metadata/mime-type.ts';

it.each([
  ['a.mp4', 'video/mp4'],
  ['a.MKV', 'video/x-matroska'],
  ['a.webm', 'video/webm'],
  ['a.m2ts', 'video/mp2t'],
  ['a.divx', 'video/x-msvideo'],
  ['a.flac', 'audio/flac'],
  ['a.opus', 'audio/ogg'],
  ['a.mpc', 'audio/x-musepack'],
  ['a.wv', 'audio/x-wavpack'],
  ['a.jpg', 'image/jpeg'],
  ['a.heic', 'image/heic'],
  ['a.avif', 'image/avif'],
  ['a.webp', 'image/webp'],
  ['a.CR2', 'image/x-canon-cr2'],
  ['archive.of.films.mp4', 'video/mp4'],
])('knows %s as %s', (filename, type) => {
  expect(mimeTypeOf(filename)).toBe(type);
});

it.each(['a.nothing', 'mp4', '.mp4', 'a.', 'a'])('knows no type of %j', (filename) => {
  expect(mimeTypeOf(filename)).toBeNull();
});

it('still answers rightly after more unknown extensions than it remembers', () => {
  const answers = Array.from({ length: 3000 }, (_, index) => mimeTypeOf(`a.zz${index}`));
  expect(new Set(answers)).toEqual(new Set([null]));
  expect(mimeTypeOf('a.mov')).toBe('video/quicktime');
});
