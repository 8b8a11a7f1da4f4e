import { expect, it } from 'vitest';
import { isLitter, litterNames } from '../../../src/library/catalogue/litter.ts';

const names = Object.values(litterNames).flat();

it.each([
  '._IMG_0001.JPG',
  'a/._IMG_0001.JPG',
  '.AppleDouble/IMG_0001.JPG',
  '__MACOSX/a/b.jpg',
  '@eaDir/IMG_0001.JPG/SYNOPHOTO_THUMB_XL.jpg',
  'a/@EADIR',
  '#recycle/old.jpg',
  '.@__thumb/default_IMG_0001.JPG',
  '@Recycle/old.jpg',
  '$RECYCLE.BIN/S-1/x.jpg',
  'RECYCLER/S-1-5-21/Dc1.jpg',
  'System Volume Information/x.jpg',
  'found.000/file0000.jpg',
  'AlbumArt_{8A3C1B1D-0000}_Large.jpg',
  '.Trash-1000/files/old.jpg',
  'a/.thumbnails/1.jpg',
  'lost+found/x.jpg',
  '.nfs00000000004a2c1d00000001',
  '.trashed-1700000000-IMG.jpg',
  '.stversions/IMG_0001~20200101-000000.JPG',
  '.syncthing.film.mp4.tmp',
  '.dropbox.cache/x.jpg',
  '.Film.mp4.icloud',
  '.grab/Film.mp4.part.mp4',
  'Film.trickplay/320 - 10x10/0.jpg',
  '.hist/th/x.webp',
  'Film.mp4.part',
])('%j is litter', (path) => {
  expect(isLitter(path)).toBe(true);
});

it.each([
  'IMG_0001.JPG',
  '.hidden.jpg',
  '_x.jpg',
  'a/.b/c.jpg',
  'Recycler/film.mp4',
  'Trash/film.mp4',
  'eaDir.jpg',
  '@eaDir.jpg',
  'lost+found.jpg',
  'thumbnails/a.jpg',
  'Film.part1.mp4',
  'Film.sync-conflict-20200101-000000-ABCDEFG.mp4',
  'sync/a.jpg',
  'Desktop Initials.jpg',
  'a._b.jpg',
  'AlbumArt.jpg',
  'x.recycle/a.jpg',
  'Found.2000/a.jpg',
  '.\nTrash/a.jpg',
])('%j is none', (path) => {
  expect(isLitter(path)).toBe(false);
});

it('knows each of its names in any folder and any case, and what lies below it', () => {
  const examples = names.map((name) => name.replaceAll('*', 'X y.z').replaceAll('[0-9]', '7').replaceAll('[a-z]', 'q'));
  expect(examples.filter((name) => !isLitter(name))).toEqual([]);
  expect(examples.filter((name) => !isLitter(`a/b/${name.toUpperCase()}/c.jpg`))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});
