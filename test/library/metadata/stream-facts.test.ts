import type { Track } from 'mediainfo.js';
import { expect, it } from 'vitest';
import { streamFactsOf } from '../../../src/library/metadata/stream-facts.ts';

const general: Track = { '@type': 'General', Format: 'Matroska', Duration: 61.5, OverallBitRate: 128_000 };
const audio: Track = { '@type': 'Audio', Format: 'Opus', Channels: 2, SamplingRate: 48_000, Language: 'en' };

it.each<[string, Track[]]>([
  ['no tracks', []],
  ['a format and no film or sound', [general]],
  ['a format that is not known', [{ '@type': 'General' }, audio]],
  ['subtitles alone', [general, { '@type': 'Text', Format: 'UTF-8' }]],
])('gives nothing for %s', (_, tracks) => {
  expect(streamFactsOf(tracks)).toBeNull();
});

it('takes the longest track where the file tells no duration', () => {
  const tracks: Track[] = [
    { '@type': 'General', Format: 'AVI' },
    { ...audio, Duration: 3 },
    { ...audio, Duration: 5 },
  ];
  expect(streamFactsOf(tracks)?.durationSeconds).toBe(5);
});

it('takes the picture beside sound for a cover', () => {
  const cover: Track = { '@type': 'Image', Format: 'JPEG', Width: 500, Height: 500 };
  expect(streamFactsOf([general, audio, cover])).toMatchObject({ width: null, height: null, technical: { video: [] } });
  expect(streamFactsOf([general, cover])).toMatchObject({ width: 500, height: 500 });
});

it('makes nothing of numbers without sense', () => {
  const odd: Track = { ...audio, Channels: -1, SamplingRate: Number.NaN, BitRate: Number.POSITIVE_INFINITY };
  const facts = streamFactsOf([{ ...general, Duration: Number.NaN, OverallBitRate: 0 }, odd]);
  expect(facts).toMatchObject({ durationSeconds: null, technical: { bitRate: null } });
  expect(facts?.technical.audio).toEqual([
    { codec: 'Opus', profile: null, channels: null, samplingRate: null, bitRate: null, language: 'en' },
  ]);
});

it('cuts long texts and drops control characters, which PostgreSQL would refuse', () => {
  const facts = streamFactsOf([general, { ...audio, Format: 'Op\u0000us\u001b', Language: 'x'.repeat(5000) }]);
  expect(facts?.technical.audio[0]).toMatchObject({ codec: 'Opus', language: 'x'.repeat(80) });
});

it('lists at most fifty tracks of a kind', () => {
  const facts = streamFactsOf([general, ...Array.from({ length: 10_000 }, () => audio)]);
  expect(facts?.technical.audio).toHaveLength(50);
});

it('notes that a file is cut off', () => {
  const facts = streamFactsOf([{ ...general, extra: { IsTruncated: 'Yes' } }, audio]);
  expect(facts?.technical.notes).toEqual(['The file ends before the end that its headers tell of.']);
});
