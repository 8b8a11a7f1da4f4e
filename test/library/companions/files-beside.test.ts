import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFilesBeside } from '../../../src/library/companions/files-beside.ts';
import { foldName } from '../../../src/library/companions/fold-name.ts';
import { indexNames } from '../../../src/library/companions/name-index.ts';
import { readSubtitleFacts } from '../../../src/library/companions/subtitle-names.ts';

/** What belongs to an item of a tree, given by its files. */
async function beside(relativePath: string, files: readonly string[], mediaType = 'VIDEO'): Promise<string[]> {
  const folders = new Map<string, Map<string, string>>();
  for (const path of [relativePath, ...files]) {
    for (let at = path; at !== '.'; at = posix.dirname(at)) {
      const names = folders.get(posix.dirname(at)) ?? new Map<string, string>();
      folders.set(posix.dirname(at), names.set(foldName(posix.basename(at)), posix.basename(at)));
    }
  }
  const item = { relativePath, mediaType };
  const found = await findFilesBeside(item, async (folder) => indexNames(folders.get(folder) ?? new Map()));
  return found.map((file) => `${file.kind} ${file.relativePath}`).sort();
}

describe('subtitles', () => {
  it.each([
    ['beside the film', 'A/Film.srt', 'A/Film.en.srt', 'A/film.EN.forced.SRT', 'A/Film.de.ass', 'A/Film.vtt'],
    ['behind other signs', 'A/Film-en.srt', 'A/Film_de.srt', 'A/Film (English).srt', 'A/Film sdh.srt'],
    ['in a folder of their own', 'A/Subs/Film.en.srt', 'A/Subtitles/Film.srt'],
    ['in a folder of the film there', 'A/Subs/Film/2_English.srt', 'A/Subs/Film/3_German.srt'],
    ['in that folder, whatever they are called, where there is one film', 'A/subs/English.srt', 'A/subs/2_German.idx'],
  ])('are found %s', async (_title, ...files) => {
    const found = await beside('A/Film.mkv', [...files, 'A/readme.txt', 'A/Other.txt']);
    expect(found).toEqual(files.map((path) => `SUBTITLE ${path}`).sort());
  });

  it('are those of the film with the longer name, where that goes on as they do', async () => {
    const files = ['A/Film.2.mkv', 'A/Film.2.en.srt', 'A/Film 3.mkv', 'A/Film 3.srt', 'A/Film.en.srt', 'A/Filmen.srt'];
    expect(await beside('A/Film.mkv', files)).toEqual(['SUBTITLE A/Film.en.srt']);
    expect(await beside('A/Film.2.mkv', files)).toEqual(['SUBTITLE A/Film.2.en.srt']);
    expect(await beside('A/Film 3.mkv', files)).toEqual(['SUBTITLE A/Film 3.srt']);
  });

  it('in a folder for several films are those with the name alone', async () => {
    const files = ['A/Other.mkv', 'A/Subs/Film.en.srt', 'A/Subs/Other.en.srt', 'A/Subs/English.srt'];
    expect(await beside('A/Film.mkv', files)).toEqual(['SUBTITLE A/Subs/Film.en.srt']);
  });

  it('are found by names with other letters, composed or not', async () => {
    expect(await beside('Amélie.mkv', ['Ame\u0301lie.fr.srt'])).toEqual(['SUBTITLE Ame\u0301lie.fr.srt']);
    expect(await beside('[A] (b)*?.mkv', ['[A] (b)*?.fr.srt'])).toEqual(['SUBTITLE [A] (b)*?.fr.srt']);
  });
});

const plain = { language: null, title: null, isForced: false, isDefault: false, isHearingImpaired: false };
it.each([
  ['', plain],
  ['.en', { ...plain, language: 'en' }],
  ['.eng.forced', { ...plain, language: 'en', isForced: true }],
  ['.pt-BR', { ...plain, language: 'pt-BR' }],
  ['.pt_br.default', { ...plain, language: 'pt-BR', isDefault: true }],
  ['.zh-Hans', { ...plain, language: 'zh-Hans' }],
  ['.cht', { ...plain, language: 'zh-Hant' }],
  ['.ger.sdh', { ...plain, language: 'de', isHearingImpaired: true }],
  ['.en.hi', { ...plain, language: 'en', isHearingImpaired: true }],
  ['.hi', { ...plain, language: 'hi' }],
  ['.hi.forced', { ...plain, language: 'hi', isForced: true }],
  ['.en-cc', { ...plain, language: 'en', isHearingImpaired: true }],
  ['.Commentary.en', { ...plain, language: 'en', title: 'Commentary' }],
  ['2_English', { ...plain, language: 'en' }],
  ['Français', { ...plain, language: 'fr' }],
  ['.Deutsch (Forced)', { ...plain, language: 'de', isForced: true }],
  ['.und', { ...plain, title: 'und' }],
  ['.xx', { ...plain, title: 'xx' }],
])('reads the name %j of a subtitle', (rest, facts) => {
  expect(readSubtitleFacts(rest)).toEqual(facts);
});

describe('what else lies beside a file', () => {
  it('are sidecars, under its whole name or without its extension', async () => {
    const names = ['IMG_1.jpg.xmp', 'IMG_1.XMP', 'IMG_1.AAE', 'IMG_1.jpg.json', 'IMG_10.xmp', 'IMG_1.txt', 'IMG_1.png'];
    expect(await beside('IMG_1.jpg', names, 'IMAGE')).toEqual([
      'SIDECAR IMG_1.AAE',
      'TAKEOUT IMG_1.jpg.json',
      'XMP IMG_1.XMP',
      'XMP IMG_1.jpg.xmp',
    ]);
  });

  it.each([
    ['IMG_1.jpg', 'IMG_1.jpg.supplemental-metadata.json'],
    ['IMG_1.jpg', 'IMG_1.jpg.supplemental-me.json'],
    ['IMG_1.jpg', 'IMG_1.jpg.suppl.json'],
    ['IMG_1.HEIC', 'IMG_1.json'],
    ['IMG_1(2).jpg', 'IMG_1.jpg(2).json'],
    ['IMG_1(2).jpg', 'IMG_1.jpg.supplemental-metadata(2).json'],
    ['a-name-that-is-far-too-long-for-google-to-keep.jpg', 'a-name-that-is-far-too-long-for-google-to-keep.json'],
    ['a-name-that-is-far-too-long-for-google-to-keep.jpg', 'a-name-that-is-far-too-long-for-google-to-k.json'],
  ])('is what Google says of %s: %s', async (name, json) => {
    expect(await beside(name, [json, 'IMG_1.jpg.other.json', 'IMG_2.jpg.json'], 'IMAGE')).toEqual([`TAKEOUT ${json}`]);
  });

  it('is artwork, of it and of its folder', async () => {
    const files = ['A/Film-fanart.jpg', 'A/poster.jpg', 'A/Film.nfo', 'A/other.jpg', 'A/Film.info.json'];
    expect(await beside('A/Film.mkv', files)).toEqual([
      'ARTWORK A/Film-fanart.jpg',
      'ARTWORK A/poster.jpg',
      'SIDECAR A/Film.info.json',
      'SIDECAR A/Film.nfo',
    ]);
    expect(await beside('A/1.mp3', ['A/cover.jpg', 'A/1.lrc'], 'AUDIO')).toEqual([
      'ARTWORK A/cover.jpg',
      'LYRICS A/1.lrc',
    ]);
    expect(await beside('A/1.jpg', ['A/cover.jpg', 'A/1-poster.jpg'], 'IMAGE')).toEqual([]);
  });

  it('is the film of a photo and the other of RAW and JPEG, catalogued or not', async () => {
    const files = ['IMG_1.MOV', 'IMG_1.CR2', 'IMG_10.MOV'];
    expect(await beside('IMG_1.JPG', files, 'IMAGE')).toEqual(['MOTION IMG_1.MOV', 'RAW IMG_1.CR2']);
    expect(await beside('IMG_1.CR2', ['IMG_1.JPG'], 'IMAGE')).toEqual(['RENDITION IMG_1.JPG']);
  });
});

it('finds names in a folder of a hundred thousand as quickly as in a small one', () => {
  const names = new Map(
    Array.from({ length: 100_000 }, (_, index) => [`film ${index}.mkv`, `Film ${index}.mkv`] as const),
  );
  const index = indexNames(names);
  expect(indexNames(names)).toBe(index);
  expect(index.startingWith('film 77777.')).toEqual([{ folded: 'film 77777.mkv', name: 'Film 77777.mkv' }]);
  expect(index.startingWith('film ').length).toBe(500);
  expect(index.countPlayed()).toBe(100_000);
});
