import { expect, it } from 'vitest';
import { createShownPictures } from '../../../../src/library/delivery/posters/shown-pictures.ts';
import type { PicturedItem } from '../../../../src/library/delivery/posters/pictured-item.ts';

const item: PicturedItem = {
  id: 7,
  status: 'AVAILABLE',
  mediaType: 'IMAGE',
  category: 'photos',
  rootPath: '/photos',
  relativePath: 'a.jpg',
  copypartyPath: '/p',
  signature: 's',
  updatedAt: new Date(1000),
  posterPath: null,
  customMetadata: null,
  placeholder: null,
};
const tile = { purpose: 'thumbnail', size: 'small' } as const;

const picture = (sizeBytes = 10) => ({ bytes: Buffer.alloc(sizeBytes), isVersioned: true, hasFailed: false });

it('gives the same picture of the same item and size, and of nothing else', () => {
  const shown = createShownPictures();
  const noted = picture();
  shown.note(item, tile, noted);
  expect(shown.recall({ ...item, placeholder: 'x', status: 'MISSING' }, tile)).toBe(noted);
  expect(shown.recall({ ...item, id: 8 }, tile)).toBeNull();
  expect(shown.recall(item, { ...tile, size: 'medium' })).toBeNull();
  expect(shown.recall(item, { ...tile, purpose: 'poster' })).toBeNull();
});

it.each([
  ['the file is another one', { signature: 'other' }],
  ['somebody changed the item', { updatedAt: new Date(1001) }],
  ['the category has another root', { rootPath: '/elsewhere' }],
  ['copyparty serves it elsewhere', { copypartyPath: '/q' }],
  ['it was moved', { relativePath: 'b.jpg' }],
  ['a poster was set', { posterPath: 'p.webp' }],
])('gives none any more where %s', (_title, facts) => {
  const shown = createShownPictures();
  shown.note(item, tile, picture());
  expect(shown.recall({ ...item, ...facts }, tile)).toBeNull();
  expect(shown.recall(item, tile)).toBeNull();
});

it('gives none that was found a minute ago, however often it was asked for', () => {
  let now = 0;
  const shown = createShownPictures({ now: () => now });
  shown.note(item, tile, picture());
  for (now = 0; now <= 60_000; now += 10_000) expect(shown.recall(item, tile)).not.toBeNull();
  expect(shown.recall(item, tile)).toBeNull();
});

it('keeps none whose content the version does not tell, none that may be better soon, and none that is large', () => {
  const shown = createShownPictures();
  for (const unfit of [{ isVersioned: false }, { hasFailed: true }, { bytes: Buffer.alloc(300 * 1024) }]) {
    shown.note(item, tile, { ...picture(), ...unfit });
    expect(shown.recall(item, tile)).toBeNull();
  }
});

it('drops what was shown least recently beyond its limit', () => {
  const shown = createShownPictures({ maxBytes: 3 * 2048 });
  const items = [1, 2, 3, 4].map((id) => ({ ...item, id }));
  for (const each of items.slice(0, 3)) shown.note(each, tile, picture(1024));
  shown.recall(items[0]!, tile);
  shown.note(items[3]!, tile, picture(1024));
  expect(items.map((each) => shown.recall(each, tile) !== null)).toEqual([true, false, true, true]);
  // What is noted again takes the place of the first.
  for (let time = 0; time < 10; time += 1) shown.note(items[3]!, tile, picture(1024));
  expect(shown.recall(items[0]!, tile)).not.toBeNull();
});
