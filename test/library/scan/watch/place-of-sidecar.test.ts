import { expect, it } from 'vitest';
import { placeOfSidecar } from '../../../../src/library/scan/watch/place-of-sidecar.ts';

it.each([
  ['a/b/1.jpg.xmp', { place: 'a/b', mayBeFolder: true }],
  ['1.XMP', { place: '', mayBeFolder: true }],
  ['a/1.jpg', { place: 'a/1.jpg', mayBeFolder: false }],
])('scans for %s', (place, expected) => {
  expect(placeOfSidecar({ place, mayBeFolder: false })).toEqual(expected);
});
