import { expect, it } from 'vitest';
import { trackNumberOf } from '../../../../src/library/metadata/names/track-numbers.ts';

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
  ['01 Name', 1],
  ['04 Long Drive', 4],
  ['07_name', 7],
  ['02-Name', 2],
  ['10) Name', 10],
  ['[11] Name', 11],
  ['Track 09', 9],
  ['track_9 - Name', 9],
  ['１２ - Name', 12],
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
  '01-02-2003 Name',
  '007 Name',
  '[1999] Name',
  '(500) Days of Name',
  '10)',
  '00 Name',
  'Tracks 9',
  'Soundtrack 09',
  'Track 2003 Name',
])('finds no track in %j', (stem) => {
  expect(trackNumberOf(stem)).toBeNull();
});
