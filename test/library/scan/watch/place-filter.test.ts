import { expect, it } from 'vitest';
import { createPlaceFilter } from '../../../../src/library/scan/watch/place-filter.ts';

const photos = { includePatterns: ['**/*.jpg'], excludePatterns: ['**/@eaDir/**', '**/draft*'] };

it.each<[string, boolean, boolean]>([
  ['a.jpg', false, true],
  ['b/c/A.JPG', false, true],
  ['a.txt', false, false],
  ['a.jpg.part', false, false],
  ['b/draft.jpg', false, false],
  ['b', true, true],
  ['', true, true],
  ['b/@eaDir', true, false],
  ['b/@eaDir/deep', true, false],
  ['b/@eaDir/deep/a.jpg', false, false],
  ['@eaDir.jpg', false, true],
  ['b/.mediashelf-upload.jpg', false, false],
  ['.mediashelf-root.json', false, false],
  ['b/._a.jpg', false, false],
  ['#recycle', true, false],
  ['#recycle/b/a.jpg', false, false],
])('what happens at %j, which may be a folder: %s, matters: %s', (place, mayBeFolder, expected) => {
  expect(createPlaceFilter()(photos, { place, mayBeFolder })).toBe(expected);
});

it('leaves out what the service keeps in the root', () => {
  const own = { ...photos, ownPlaces: ['.data'] };
  const places = ['.data', '.data/x/a.jpg', '.database/a.jpg'];
  const isScanned = createPlaceFilter();
  expect(places.map((place) => isScanned(own, { place, mayBeFolder: true }))).toEqual([false, false, true]);
});

it('goes by the patterns that the category has now', () => {
  const isScanned = createPlaceFilter();
  const text = { place: 'a.txt', mayBeFolder: false };
  expect(isScanned(photos, text)).toBe(false);
  expect(isScanned({ ...photos, includePatterns: [] }, text)).toBe(true);
});
