import { expect, it } from 'vitest';
import { trackNumberOf } from '../../../src/library/metadata/track-number.ts';

it.each([
  ['03 - Name', 3],
  ['03_-_Name', 3],
  ['03 – Name', 3],
  ['3 - Name', 3],
  ['112 - Name', 112],
  ['03. Name', 3],
  ['01 - 1999', 1],
  ['1-03 Name', 3],
  ['2-11 - Name', 11],
  ['1-03. Name', 3],
])('reads the track of %j as %i', (stem, track) => {
  expect(trackNumberOf(stem)).toBe(track);
});

it.each([
  '1999 - Prince',
  '99 Problems',
  '50-50',
  '9-1-1 Lone Star',
  '2.5 Men',
  '24',
  '03 -',
  '1-800-Name',
  'Name 03 - x',
])('finds no track in %j', (stem) => {
  expect(trackNumberOf(stem)).toBeNull();
});
