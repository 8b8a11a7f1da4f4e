import { expect, it } from 'vitest';
import { hierarchyOrderOf, pathOrderOf, titleKeyOf } from '../../../src/library/metadata/sort-keys.ts';

const byKey = (keyOf: (text: string) => string) => (a: string, b: string) => (keyOf(a) < keyOf(b) ? -1 : 1);

const inSeries = (seasonNumber: number | null, episodeNumber: number | null) => ({
  seasonNumber,
  episodeNumber,
  airedOn: null,
  discNumber: null,
  discSide: null,
  trackNumber: null,
});

it('sorts titles as people do', () => {
  const sorted = [
    '"A"',
    '2',
    'Apfel',
    'Äpfel',
    'E1',
    'E2',
    'E02b',
    'E10',
    'E100',
    'e 1234567890123',
    'Zebra',
    'Анна',
    'そこに',
    '你',
  ];
  expect(sorted.toReversed().toSorted(byKey(titleKeyOf))).toEqual([
    '"A"',
    '2',
    'Apfel',
    'Äpfel',
    'e 1234567890123',
    'E1',
    'E2',
    'E02b',
    'E10',
    'E100',
    'Zebra',
    'Анна',
    'そこに',
    '你',
  ]);
});

it('compares numbers of any length', () => {
  const numbers = ['0', '9', '10', '99999999', '100000000', '9'.repeat(16), `1${'0'.repeat(16)}`, '9'.repeat(100)];
  expect(numbers.toReversed().toSorted(byKey(titleKeyOf))).toEqual(numbers);
});

it('keeps the files of a folder together', () => {
  const paths = ['a/1.jpg', 'a/2/x.jpg', 'a/10.jpg', 'a 2/1.jpg', 'a-b/1.jpg', 'a10/1.jpg', 'b.jpg'];
  expect(paths.toReversed().toSorted(byKey(pathOrderOf))).toEqual(paths);
});

it('sorts by season, episode and track within a folder, whatever the names', () => {
  const files: [string, ReturnType<typeof inSeries>][] = [
    ['Show/Season 1/z 1x01.mkv', inSeries(1, 1)],
    ['Show/Season 1/y S01E02.mkv', inSeries(1, 2)],
    ['Show/Season 1/S01E10 a.mkv', inSeries(1, 10)],
    ['Show/Season 2/a S02E01.mkv', inSeries(2, 1)],
    ['Show/trailer.mkv', inSeries(null, null)],
  ];
  const order = ([path, known]: (typeof files)[number]) => hierarchyOrderOf(path, known) ?? pathOrderOf(path);
  expect(files.toReversed().toSorted((a, b) => (order(a) < order(b) ? -1 : 1))).toEqual(files);
  expect(hierarchyOrderOf('a.jpg', inSeries(null, null))).toBeNull();
});

it('has at most 2 KiB, and no half characters', () => {
  const key = titleKeyOf('\u{1f389}'.repeat(2000));
  expect(Buffer.byteLength(key)).toBeLessThanOrEqual(2048);
  expect(/\p{Surrogate}/u.test(key)).toBe(false);
  expect(key).not.toContain('\ufffd');
});
