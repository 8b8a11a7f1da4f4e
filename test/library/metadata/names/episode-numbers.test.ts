import { expect, it } from 'vitest';
import { episodeNumbersOf } from '../../../../src/library/metadata/names/episode-numbers.ts';

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
