import { expect, it } from 'vitest';
import { findUnplayable } from '../../../src/web/player/can-play.ts';

const withoutHevc = (type: string) => (type.includes('hvc1') ? '' : 'probably');

it.each([
  ['film.mp4', ['AVC'], null],
  ['film.mkv', ['HEVC', 'AVC'], 'HEVC'],
  ['film.webm', ['VP9'], null],
  ['film.avi', ['AVC'], 'AVI'],
  ['FILM.MPG', ['MPEG Video'], 'MPG'],
  ['film.mp4', ['MPEG-4 Visual'], 'MPEG-4 Visual'],
  ['film.mov', ['ProRes'], 'ProRes'],
  ['film.mp4', [], null],
  ['film.mp4', ['something new'], null],
])('says of %s with %j before it plays: %s', (filename, videoCodecs, expected) => {
  expect(findUnplayable({ filename, videoCodecs }, withoutHevc)).toBe(expected);
});
