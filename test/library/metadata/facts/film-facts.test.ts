import type { Track } from 'mediainfo.js';
import { expect, it } from 'vitest';
import { filmFacts } from '../../../../src/library/metadata/facts/film-facts.ts';
import { probeFixtures } from '../probe-one.ts';
import { readFactsOf } from './read-facts.ts';

const film = { filename: 'film.mp4', isMusic: false };
const generalOf = (members: object) => [{ '@type': 'General', Format: 'MPEG-4', ...members } as unknown as Track];
const datesOf = (members: object, filename = 'film.mp4') =>
  filmFacts(generalOf(members), { ...film, filename }).dates.map(({ source, localMs, offsetMinutes }) => {
    return `${source} ${new Date(localMs).toISOString().slice(0, 19)} ${offsetMinutes}`;
  });

it('reads tracks, languages and flags from a file', async () => {
  expect((await readFactsOf(`${probeFixtures}/two-languages.mkv`, 'VIDEO')).facts).toMatchObject({
    video: [{ codec: 'AVC', bitDepth: 8 }],
    audio: [
      { language: 'en', isForced: false },
      { language: 'de', isForced: false },
    ],
  });
});

it('takes the date with a zone before that of the container', () => {
  const dates = { Recorded_Date: '2022-03-04 07:06:07+02:00', Encoded_Date: '2022-03-04 05:06:07 UTC' };
  expect(datesOf(dates)).toEqual(['QUICKTIME 2022-03-04T07:06:07 120', 'CONTAINER 2022-03-04T05:06:07 null']);
});

it.each([
  ['UTC 2022-03-04 05:06:07', ['CONTAINER 2022-03-04T05:06:07 null']],
  ['MON SEP 10 20:52:00 2012', ['CONTAINER 2012-09-10T20:52:00 null']],
  ['2001-01-01 00:00:00 UTC', []],
  ['yesterday', []],
])('reads the date of a container, %s', (Encoded_Date, expected) => {
  expect(datesOf({ Encoded_Date })).toEqual(expected);
});

it('finds the zone by the clock in the name, at the beginning of the film or at its end', () => {
  const dates = { Encoded_Date: '2022-03-04 05:06:07 UTC', Duration: 600 };
  expect(datesOf(dates, 'VID_20220304_070608.mp4')).toEqual(['CONTAINER 2022-03-04T07:06:07 120']);
  expect(datesOf(dates, 'VID_20220304_065607.mp4')).toEqual(['CONTAINER 2022-03-04T07:06:07 120']);
  expect(datesOf(dates, 'VID_20220304_071907.mp4')).toEqual(['CONTAINER 2022-03-04T05:06:07 null']);
  expect(datesOf(dates, 'PXL_20220304_070608123.mp4')).toEqual(['CONTAINER 2022-03-04T05:06:07 null']);
});

it('takes a date without a time, and any date of music, for that of publishing', () => {
  expect(datesOf({ Recorded_Date: '2022-03-04' })).toEqual([]);
  const music = filmFacts(generalOf({ Encoded_Date: '2022-03-04 05:06:07 UTC' }), { ...film, isMusic: true });
  expect(music.dates).toEqual([]);
});

it.each([
  ['48.8577°N 2.2950°W 35.000m', { latitude: 48.8577, longitude: -2.295, altitude: 35 }],
  ['+48.8577+002.2950/', { latitude: 48.8577, longitude: 2.295 }],
  ['-33.5-070.01-002.500/', { latitude: -33.5, longitude: -70.01, altitude: -2.5 }],
  ['+00.0000+000.0000/', undefined],
  ['+948.8577+002.2950/', undefined],
  ['in Paris', undefined],
])('reads the place %s', (Recorded_Location, place) => {
  expect(filmFacts(generalOf({ Recorded_Location }), film).facts.place).toEqual(place);
});

it.each([
  [{ HDR_Format: 'Dolby Vision / SMPTE ST 2086', HDR_Format_Compatibility: 'HDR10 / HDR10' }, 'Dolby Vision'],
  [{ HDR_Format: 'SMPTE ST 2094 App 4', HDR_Format_Compatibility: 'HDR10+ Profile B' }, 'HDR10+'],
  [{ HDR_Format: 'SMPTE ST 2086', HDR_Format_Compatibility: 'HDR10' }, 'HDR10'],
  [{ transfer_characteristics: 'HLG' }, 'HLG'],
  [{ transfer_characteristics: 'PQ' }, 'PQ'],
  [{ transfer_characteristics: 'BT.709' }, undefined],
])('names the kind of HDR of %j', (members, hdr) => {
  const tracks = [{ '@type': 'Video', Format: 'HEVC', ...members } as unknown as Track];
  expect(filmFacts(tracks, film).facts.hdr).toBe(hdr);
});

it('reads chapters in the order of their times, without the language in front, and keeps 500 of thousands', () => {
  const menu = { _00_00_01_500: 'en:Second', _00_00_00_000: ':First: a beginning', Other: 'x', _01_00_00_000: '' };
  const tracks = [{ '@type': 'Menu' }, { '@type': 'Menu', extra: menu }] as unknown as Track[];
  expect(filmFacts(tracks, film).facts.chapters).toEqual([
    { startSeconds: 0, title: 'First: a beginning' },
    { startSeconds: 1.5, title: 'Second' },
    { startSeconds: 3600 },
  ]);
  const many = Object.fromEntries(
    Array.from({ length: 3600 }, (_, second) => {
      const [minutes, seconds] = [Math.floor(second / 60), second % 60].map((part) => String(part).padStart(2, '0'));
      return [`_00_${minutes}_${seconds}_000`, 'x'.repeat(1_000_000)];
    }),
  );
  const { facts } = filmFacts([{ '@type': 'Menu', extra: many }] as unknown as Track[], film);
  expect(facts.chapters).toHaveLength(500);
  expect(facts.notes).toEqual([
    'It has 3600 chapters; 500 are kept.',
    'The title of a chapter was cut after 200 characters.',
  ]);
});

it('keeps fifty tracks of a kind, and no title that only names a program', () => {
  const tracks = Array.from({ length: 60 }, () => ({ '@type': 'Text', Format: 'UTF-8', Title: 'SubtitleHandler' }));
  const { facts } = filmFacts(tracks as unknown as Track[], film);
  expect(facts.subtitles).toHaveLength(50);
  expect(facts.subtitles?.[0]).toEqual({ codec: 'UTF-8', isDefault: false, isForced: false });
  expect(facts.notes).toEqual(['It has 60 tracks of the kind Text; 50 are kept.']);
});
