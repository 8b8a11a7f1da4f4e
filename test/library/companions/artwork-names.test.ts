import { describe, expect, it } from 'vitest';
import { artworkPlaces, type PicturePurpose } from '../../../src/library/companions/artwork-names.ts';
import { seasonOfFolder, type PlacedItem } from '../../../src/library/companions/work-folders.ts';

/** The files of a tree that may be the picture of an item, the best first. */
function found(item: PlacedItem, files: readonly string[], purpose: PicturePurpose = 'poster'): string[] {
  const folded = new Map(files.map((path) => [path.toLowerCase(), path]));
  return artworkPlaces(item, purpose)
    .flatMap(({ folder, names }) => names.map((name) => (folder === '.' ? name : `${folder.toLowerCase()}/${name}`)))
    .flatMap((path) => folded.get(path) ?? []);
}

const film = (relativePath: string, more: Partial<PlacedItem> = {}): PlacedItem => ({
  relativePath,
  mediaType: 'VIDEO',
  ...more,
});

describe('the artwork of a film', () => {
  it.each([
    'Film-poster.jpg',
    'Film-thumb.jpg',
    'Film-landscape.png',
    'Film-fanart.jpg',
    'Film.tbn',
    'Folder.JPG',
    'cover.webp',
    'movie.tbn',
    'poster.avif',
    'poster.gif',
    'fanart.jpg',
    'backdrop.jpg',
    'landscape.jpg',
    'thumb.jpg',
    'banner.jpg',
  ])('may be %s beside it', (name) => {
    expect(found(film('A/Film.mp4'), [`A/${name}`, 'A/Other-poster.jpg', 'poster.jpg'])).toEqual([`A/${name}`]);
  });

  it('is what stands upright before what is wide, and that before a backdrop', () => {
    const names = [
      'Film.jpg',
      'Film-poster.jpg',
      'poster.jpg',
      'movie.jpg',
      'Film-thumb.jpg',
      'fanart.jpg',
      'banner.jpg',
    ];
    expect(found(film('Film.mkv'), names.toReversed())).toEqual(names);
  });
});

describe('the artwork of an episode', () => {
  const tree = [
    'Show/Season 01/S01E02-thumb.jpg',
    'Show/Season 01/poster.jpg',
    'Show/season01-poster.jpg',
    'Show/season-all-poster.jpg',
    'Show/poster.jpg',
    'Show/fanart.jpg',
    'poster.jpg',
  ];

  it('is its still, then that of its season, then that of its show, and nothing beyond', () => {
    expect(found(film('Show/Season 01/S01E02.mkv'), tree)).toEqual(tree.slice(0, -1));
    expect(found(film('Show/Season 02/S02E02.mkv'), tree)).toEqual(tree.slice(3, -1));
  });

  it('is no poster of the show where a tile is wanted: a frame says more', () => {
    expect(found(film('Show/Season 01/S01E02.mkv'), tree, 'thumbnail')).toEqual(tree.slice(0, 2));
  });

  it('is that of the season by its name in a folder without seasons', () => {
    const files = ['Show/season02-poster.jpg', 'Show/season-specials-poster.jpg', 'Show/poster.jpg'];
    expect(found(film('Show/S02E01.mkv', { seasonNumber: 2 }), files)).toEqual([files[0], files[2]]);
    expect(found(film('Show/S00E01.mkv', { seasonNumber: 0 }), files)).toEqual([files[1], files[2]]);
    expect(found(film('Show/Specials/S00E01.mkv'), files)).toEqual([files[1], files[2]]);
  });

  it('is that of every folder above in a category of series, but not of the root', () => {
    const files = ['poster.jpg', 'Show/poster.jpg', 'Show/Arc/folder.jpg'];
    const item = film('Show/Arc/Part/1.mkv', { storageFormat: 'SERIES' });
    expect(found(item, files)).toEqual(['Show/Arc/folder.jpg', 'Show/poster.jpg']);
    expect(found(film('Show/Arc/Part/1.mkv'), files)).toEqual([]);
  });
});

describe('the artwork of music', () => {
  it('is that of the album for each of its discs', () => {
    const song = { relativePath: 'Album/CD 2/01.flac', mediaType: 'AUDIO' };
    const files = ['Album/CD 2/front.jpg', 'Album/cover.jpg'];
    expect(found(song, files)).toEqual(files);
    expect(found({ ...song, relativePath: 'Album/Bonus/01.flac' }, files)).toEqual([]);
  });
});

it('takes nothing beside a photo for it but what had its name before', () => {
  const photo = { relativePath: 'a/1.cr2', mediaType: 'IMAGE' };
  const files = ['a/1.jpg', 'a/1-poster.png', 'a/poster.jpg', 'a/1.gif', 'a/1-thumb.jpg', 'a/fanart.jpg'];
  expect(found(photo, files)).toEqual(files.slice(0, 3));
  expect(found(photo, files, 'thumbnail')).toEqual(files.slice(0, 2));
});

it.each([
  ['Season 01', 1],
  ['season_3', 3],
  ['S02', 2],
  ['Staffel 4', 4],
  ['Saison 10', 10],
  ['Specials', 0],
  ['Season 0', 0],
  ['Season 1998', 1998],
  ['Season', null],
  ['Seven', null],
  ['S', null],
  ['Show', null],
])('takes the folder %s for that of season %s', (name, number) => {
  expect(seasonOfFolder(name)).toBe(number);
});
