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
    titleKey: 'harbour lights s01e02',
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
    trackNumber: null,
    searchText: 'harbour lights s01e02\nharbour lights/season 1/harbour_lights.s01e02 (2020).mp4',
  });
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
