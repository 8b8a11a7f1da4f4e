import { basename, dirname } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { stemOf } from '../../../../src/library/metadata/describe-title.ts';
import { describeEpisode } from '../../../../src/library/metadata/names/describe-episode.ts';
import { readPlace } from '../../../../src/library/metadata/names/name-place.ts';

type Kind = Parameters<typeof readPlace>[0];

const series: Kind = { mediaType: 'VIDEO', storageFormat: 'SERIES' };

function read(path: string, kind = series) {
  return describeEpisode(stemOf(basename(path)), readPlace(kind, path.includes('/') ? dirname(path) : ''));
}

type Numbers = [season: number | null, episode: number | null, last?: number];

const numbersOf = ([seasonNumber, episodeNumber, last]: Numbers) => ({
  seasonNumber,
  episodeNumber,
  lastEpisodeNumber: last ?? null,
});

describe('in a category of series', () => {
  it.each<[string, ...Numbers]>([
    // Several in one file
    ['Show/Season 1/Show S01E01-E02.mkv', 1, 1, 2],
    ['Show/Season 1/Show - s01e01-e03.mkv', 1, 1, 3],
    ['Show/Season 1/Show S01E01E02E03.mkv', 1, 1, 3],
    ['Show/Season 1/Show S01E01-02 Name.mkv', 1, 1, 2],
    ['Show/Season 1/Show.S01E01.E02.720p.mkv', 1, 1, 2],
    ['Show/Season 1/Show S01E01 - S01E02.mkv', 1, 1, 2],
    ['Show/Season 1/Show S01E01+E02.mkv', 1, 1, 2],
    ['Show/Season 1/Show 1x01-1x02.mkv', 1, 1, 2],
    ['Show/Season 1/Show 1x01x02.mkv', 1, 1, 2],
    ['Show/Season 2/Show - 03-04 [1080p].mkv', 2, 3, 4],
    ['Show/Season 1/Show S01E01-720p.mkv', 1, 1],
    ['Show/Season 1/Show.S01E08-10bit.mkv', 1, 8],
    ['Show/Season 1/Show.S01E01-1080p.mkv', 1, 1],
    ['Show/Season 5/S05E23 11-59 [HDTV-1080p][x265 AC3].mkv', 5, 23],
    ['Show/Season 1/S01E01 1-23-45 [Bluray].mkv', 1, 1],
    // Numbers through all seasons, and those of anime
    ['One Piece/Season 17/One Piece - 680 [1080p].mkv', 17, 680],
    ['One Piece/Season 21/[Group] One Piece - 1085 (1080p) [AA66696D].mkv', 21, 1085],
    ['Imm/Season 01/[SubsPlease] Immortal King - 03 (1080p) [AA66696D].mkv', 1, 3],
    ['[Group] Show - 03v2 [720p].mkv', null, 3],
    ['[Group] Show S2 - 05 (1080p).mkv', 2, 5],
    ['Show/[Group] Show Season 3 - 11 [x264].mkv', 3, 11],
    ['Show/[Group][Show][04][1080P][AVC].mkv', null, 4],
    ['Show/[Group]_Show_-_05_[720p].mkv', null, 5],
    ['Show/[Group] Mob 100 - 07 END [1080p].mkv', null, 7],
    ['Show/[Group] Show 08 [1080p].mkv', null, 8],
    ['86/86 - 03.mkv', null, 3],
    ['Show/Show - 12.5 [1080p].mkv', null, null],
    ['Show/[Group] Show - NCOP1 [1080p].mkv', null, null],
    ['Show/[Group] Show [1080p].mkv', null, null],
    ['Show/[Group] Show [720][2019].mkv', null, null],
    // Words
    ['Show/Season 3/Episode 09 - Name.avi', 3, 9],
    ['Show/Season 3/Show Ep. 9.avi', 3, 9],
    ['Show/Season 3/E09.avi', 3, 9],
    ['Serie/Staffel 2/Folge 7 - Name.mkv', 2, 7],
    ['Série/Saison 2/E\u0301pisode 7.mkv', 2, 7],
    ['Serie/Temporada 1/Capítulo 12.mkv', 1, 12],
    ['Сериал/Сезон 2/Серия 5.avi', 2, 5],
    ['Сериал/2 сезон 5 серия.avi', 2, 5],
    ['Dizi/Sezon 1/3. Bölüm.mp4', 1, 3],
    ['Show/Season 3/#4 Name.mkv', 3, 4],
    ['JP/第3話.mkv', null, 3],
    ['JP/第１２話「名」.mkv', null, 12],
    ['JP/第十二話.mkv', null, 12],
    ['CN/第2季/第08集.mp4', 2, 8],
    ['KR/시즌 2/제3화.mp4', 2, 3],
    ['KR/드라마 12화.mp4', null, 12],
    ['JP/とあるＳ０１Ｅ０２.mkv', 1, 2],
    ['مسلسل/الحلقة ٣.mkv', null, 3],
    ['Show/Season 3/Show Episode 9-10.mkv', 3, 9, 10],
    // The folder of the season says the rest
    ['Show/Season 2/03.mkv', 2, 3],
    ['Show/Season 2/03 - Name.mkv', 2, 3],
    ['Show/Season 2/3. Name.mkv', 2, 3],
    ['Show/Season 02/Show 03.mkv', 2, 3],
    ['Show/Season 02/Show.03.1080p.WEB.mkv', 2, 3],
    ['Show/Season 02/Show.203.hdtv-grp.avi', 2, 3],
    ['Show/Season 02/Name.mkv', 2, null],
    ['Show/Show.S02.1080p.BluRay/Show - 03.mkv', 2, 3],
    ['Show/S02/03.mkv', 2, 3],
    ['Show/2/03.mkv', 2, 3],
    ['Show/Season 2 (2005)/03 Name.mkv', 2, 3],
    ['Show/2nd Season/03.mkv', 2, 3],
    ['Show/Specials/01 - Making of.mkv', 0, 1],
    ['Show/Season 00/Show S00E05 Special.mkv', 0, 5],
    ['Show/03 - Name.mkv', null, 3],
    ['Show/12.mkv', null, 12],
    ['24/24 - 03.mkv', null, 3],
    // What is none
    ['Films/Movie 10x265.mkv', null, null],
    ['Films/Relay 4x100 final.mkv', null, null],
    ['Films/Room 20x30.mkv', null, null],
    ['Films/Clip 720x480.mkv', null, null],
    ['Films/Clip 1920x1080.mkv', null, null],
    ['Films/300.mkv', null, null],
    ['Show/Box 10x20x30.mkv', null, null],
    ['Show/1917.mkv', null, null],
    ['Show/Blade Runner 2049.mkv', null, null],
    ['Show/Apollo 13.mkv', null, null],
    ["Show/Ocean's 11 (2001).mkv", null, null],
    ['Show/12 Monkeys.mkv', null, null],
    ['Show/10-45 Name.mkv', null, null],
    ['Show/Name 11-59.mkv', null, null],
    ['Show/Galaxy S10 Review.mkv', null, null],
    ['Show/Show S01-S05 Trailer.mkv', null, null],
    ['Show/Season 1/Extras/03 - Cut scene.mkv', null, null],
  ])('reads %j as season %s, episode %s', (path, ...numbers) => {
    expect(read(path)).toEqual({ ...numbersOf(numbers), airedOn: null });
  });

  it.each<[string, string | null, ...Numbers]>([
    ['Daily/Daily.2024.03.15.mkv', '2024-03-15', null, null],
    ['Daily/Daily - 2024-03-15 - Guest.mkv', '2024-03-15', null, null],
    ['Daily/Season 2024/Daily 2024 03 15 720p.mkv', '2024-03-15', 2024, null],
    ['Daily/20240315 Daily.mkv', '2024-03-15', null, null],
    ['Daily/Daily_2024_03_15_20_15_00.mkv', '2024-03-15', null, null],
    ['Tagesschau/Sendung 15.03.2024.mkv', '2024-03-15', null, null],
    ['Daily/Daily 03-15-2024.mkv', '2024-03-15', null, null],
    ['Daily/Daily 05.05.2024.mkv', '2024-05-05', null, null],
    ['Daily/Daily 2024-03-15 S03E40.mkv', '2024-03-15', 3, 40],
    ['Daily/Daily 2024-03-15 - 07 - Name.mkv', '2024-03-15', null, 7],
    ['Daily/Daily 03.04.2024.mkv', null, null, null],
    ['Daily/Daily 2024.13.45.mkv', null, null, null],
    ['Daily/Daily 2023-02-29.mkv', null, null, null],
  ])('reads %j as sent on %s, season %s, episode %s', (path, airedOn, ...numbers) => {
    expect(read(path)).toEqual({ ...numbersOf(numbers), airedOn });
  });
});

it.each<[string, Kind, ...Numbers]>([
  ['Season 1/Show - 03.mkv', { mediaType: 'VIDEO', storageFormat: 'COLLECTION' }, null, null],
  ['Films/Episode 4 2024-03-15.mkv', { mediaType: 'VIDEO', storageFormat: 'COLLECTION' }, null, null],
  ['Show S01E01-E02.mkv', { mediaType: 'VIDEO', storageFormat: 'COLLECTION' }, 1, 1, 2],
  ['Season 1/Show - 03.jpg', { mediaType: 'IMAGE', storageFormat: 'SERIES' }, null, null],
  ['Play/Folge 3.mp3', { mediaType: 'AUDIO', storageFormat: 'SERIES' }, null, 3],
])('reads %j in a category %j as season %s, episode %s', (path, kind, ...numbers) => {
  expect(read(path, kind)).toEqual({ ...numbersOf(numbers), airedOn: null });
});
