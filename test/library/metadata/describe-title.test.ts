import { describe, expect, it } from 'vitest';
import { describeTitle, episodeNumbersOf, trackNumberOf } from '../../../src/library/metadata/describe-title.ts';

describe('describeTitle', () => {
  it.each([
    ['The_Long_Tide (2021)', 'The Long Tide'],
    ['The.Long.Tide.(2021)', 'The Long Tide'],
    ['Paper_Planets_(2019)_', 'Paper Planets'],
    ['Harbour(1998)', 'Harbour'],
    ['Harbour Lights S01E01', 'Harbour Lights S01E01'],
    ['  Spaced \t\n out__twice ', 'Spaced out twice'],
    ['Mr. Robot', 'Mr Robot'],
    ['Œuvre d’été', 'Œuvre d’été'],
  ])('makes of the stem %j the title %j', (stem, title) => {
    expect(describeTitle(stem)).toBe(title);
  });

  it('keeps a year that does not stand in parentheses at the end', () => {
    expect(describeTitle('(1984) Summer')).toBe('(1984) Summer');
    expect(describeTitle('Summer (1984) Remastered')).toBe('Summer (1984) Remastered');
    expect(describeTitle('Blade Runner 2049')).toBe('Blade Runner 2049');
    expect(describeTitle('Part (12345)')).toBe('Part (12345)');
  });

  it('strips only one year', () => {
    expect(describeTitle('Reissue (1984) (2004)')).toBe('Reissue (1984)');
  });

  it('drops the dot of a hidden file', () => {
    expect(describeTitle('.hidden_notes')).toBe('hidden notes');
  });

  it.each(['(1999)', '__', '...', ' '])('falls back to the stem %j where nothing else would be left', (stem) => {
    expect(describeTitle(stem)).toBe(stem);
  });
});

it.each([
  ['Harbour Lights S01E02', 1, 2],
  ['harbour.lights.s1e2.1080p.x264', 1, 2],
  ['Harbour_Lights_S01_E02', 1, 2],
  ['Harbour Lights S01.E02', 1, 2],
  ['S03E04', 3, 4],
  ['Specials S00E01', 0, 1],
  ['News S2021E145', 2021, 145],
  ['Double S01E02E03', 1, 2],
  ['Harbour Lights 1x02', 1, 2],
  ['harbour_lights_12X10_name', 12, 10],
  ['Long Runner 20x115', 20, 115],
  ['Harbour Lights 1x02 1920x1080', 1, 2],
  ['1920x1080 Harbour Lights S01E02', 1, 2],
  ['Harbour Lights s03ep10', 3, 10],
  ['Harbour Lights S03.Ep.10', 3, 10],
  ['Harbour Lights Season 3 Episode 09 - Name', 3, 9],
  ['harbour.lights.season.03.episode.9', 3, 9],
  ['Ｓ０１Ｅ０２', 1, 2],
  ['港のひかりＳ０１Ｅ０２', 1, 2],
])('reads %j as season %i, episode %i', (stem, seasonNumber, episodeNumber) => {
  expect(episodeNumbersOf(stem)).toEqual({ seasonNumber, episodeNumber });
});

it.each([
  'Clip 1920x1080',
  'Clip 640x360',
  'Clip 4096x2160 5.1x264',
  'Clip.x264-GROUP',
  'Clip x265',
  'Picture 16x9',
  'Wallpaper 80x1080',
  'Bits1e02',
  'Cases01e02',
  'S01',
  'E02',
  'S01E02024',
  'The Season 3 of Episode 9',
  'S01 Epilogue 2',
  'The Long Tide',
])('finds no episode in %j', (stem) => {
  expect(episodeNumbersOf(stem)).toBeNull();
});

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
