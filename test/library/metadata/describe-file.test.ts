import { expect, it } from 'vitest';
import { createFileDescriber, type ScannedFile } from '../../../src/library/metadata/describe-file.ts';

const scanned = (relativePath: string): ScannedFile => ({
  relativePath,
  sizeBytes: 2048,
  modifiedAtMs: 1_700_000_000_123,
  signature: 'sig',
});

const series = createFileDescriber({
  mediaType: 'VIDEO',
  storageFormat: 'SERIES',
  hierarchyLevels: ['series', 'season', 'episode'].map((name) => ({ name, key: name })),
});
const photos = createFileDescriber({ mediaType: 'IMAGE', storageFormat: 'COLLECTION', hierarchyLevels: [] });

it('describes an episode by its path alone', () => {
  expect(series(scanned('Harbour Lights/Season 1/Harbour_Lights.S01E02 (2020).MP4'))).toEqual({
    relativePath: 'Harbour Lights/Season 1/Harbour_Lights.S01E02 (2020).MP4',
    filename: 'Harbour_Lights.S01E02 (2020).MP4',
    title: 'Harbour Lights S01E02',
    titleKey: 'harbour lights s11e12',
    storageFormat: 'SERIES',
    mediaType: 'VIDEO',
    sizeBytes: 2048,
    modifiedAtMs: 1_700_000_000_123,
    signature: 'sig',
    mimeType: 'video/mp4',
    hierarchy: [
      { name: 'series', value: 'Harbour Lights' },
      { name: 'season', value: 'Season 1' },
      { name: 'episode', value: 'Harbour_Lights.S01E02 (2020)' },
    ],
    seasonNumber: 1,
    episodeNumber: 2,
    lastEpisodeNumber: null,
    airedOn: null,
    discNumber: null,
    discSide: null,
    trackNumber: null,
    pathOrder: 'harbour lights\u0001season 11\u0001harbour_lights.s11e12 (42020).mp14',
    hierarchyOrder:
      'harbour lights\u0001season 11\u000111\u000112\u0001~\u0001~\u0001~\u0001harbour_lights.s11e12 (42020).mp14',
    searchText: 'harbour lights s01e02\nharbour lights/season 1/harbour_lights.s01e02 (2020).mp4',
  });
});

const films = createFileDescriber({ mediaType: 'VIDEO', storageFormat: 'COLLECTION', hierarchyLevels: [] });

it.each([
  ['Doc/2005/Doc 4x13.mkv', 4, 13],
  ['Show/show.12x10.mkv', 12, 10],
  ['4x13 Name.mkv', 4, 13],
  ['Long Runner (1999)/Long.Runner.20x115.mkv', 20, 115],
  ['Long/Season 20/LR 20x30.mkv', 20, 30],
  ['Films/Room 20x30.mkv', null, null],
  ['Films/Relay 4x100 final.mkv', null, null],
  ['Films/Movie 10x265.mkv', null, null],
])('reads of %j in a category of series season %s, episode %s', (path, seasonNumber, episodeNumber) => {
  expect(series(scanned(path))).toMatchObject({ seasonNumber, episodeNumber });
});

it.each([
  ['Show 1x02.mkv', 1, 2],
  ['Show/S4/Show 4x13.mkv', 4, 13],
  ['Room 20x30.mkv', null, null],
  ['Room/Room 20x30.mkv', null, null],
  ['Sport/Relay 4x100.mkv', null, null],
  ['Planks 4x12.mkv', null, null],
  ['Show S01E02.mkv', 1, 2],
])('reads of %j in a category of films season %s, episode %s', (path, seasonNumber, episodeNumber) => {
  expect(films(scanned(path))).toMatchObject({ seasonNumber, episodeNumber });
});

it('finds no episode in the measures of a picture', () => {
  expect(photos(scanned('Prints/Sea 10x05.jpg'))).toMatchObject({ seasonNumber: null, episodeNumber: null });
});

it('has no hierarchy where the category has no levels', () => {
  expect(photos(scanned('Sea/Quiet.jpg')).hierarchy).toBeNull();
});

it('reads the track number of a song', () => {
  expect(photos(scanned('Album/03 - Name.flac'))).toMatchObject({ title: '03 - Name', trackNumber: 3 });
});

it('takes a hidden file for a stem without an extension', () => {
  expect(photos(scanned('.jpg'))).toMatchObject({ filename: '.jpg', title: 'jpg', mimeType: null });
  expect(photos(scanned('.cover.jpg'))).toMatchObject({ title: 'cover', mimeType: 'image/jpeg' });
});

it.each(['-rf.jpg', 'line\nbreak.jpg', `${'x'.repeat(251)}.jpg`, 'cafe\u0301.jpg', 'dot.', '\u{1f600}.jpg'])(
  'gives the odd name %j a title',
  (name) => {
    const description = photos(scanned(`Odd/${name}`));
    expect(description.filename).toBe(name);
    expect(description.title.trim()).not.toBe('');
    expect(description.title).not.toContain('\n');
  },
);
