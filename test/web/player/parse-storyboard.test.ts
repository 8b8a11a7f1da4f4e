import { expect, it } from 'vitest';
import { frameAt, parseStoryboard } from '../../../src/web/player/parse-storyboard.ts';

const address = 'http://localhost/media/7/storyboard.vtt?v=1';

it('reads the tiles of a storyboard, with addresses that hold below any folder', () => {
  const text = [
    'WEBVTT',
    '',
    '00:00:00.000 --> 00:00:02.000',
    'storyboard.webp?v=1#xywh=0,0,160,90',
    '',
    '01:00:02.500 --> 01:00:04.000',
    'storyboard.webp?v=1#xywh=160,90,160,90',
    '',
  ].join('\r\n');
  const url = 'http://localhost/media/7/storyboard.webp?v=1';
  expect(parseStoryboard(text, address)).toEqual([
    { start: 0, url, x: 0, y: 0, width: 160, height: 90 },
    { start: 3602.5, url, x: 160, y: 90, width: 160, height: 90 },
  ]);
});

it('leaves out what is no tile', () => {
  expect(parseStoryboard('WEBVTT\n\n00:01.000 --> 00:02.000\nJust words\n\na.webp#xywh=1,2,3\n', address)).toEqual([]);
  expect(parseStoryboard('<html>', address)).toEqual([]);
});

it('gives the frame of a moment, and the first one before it has begun', () => {
  const frames = [2, 4, 6].map((start) => ({ start, url: '', x: 0, y: 0, width: 1, height: 1 }));
  const starts = [0, 2, 3.9, 4, 100].map((seconds) => frameAt(frames, seconds)?.start);
  expect(starts).toEqual([2, 2, 2, 4, 6]);
  expect(frameAt([], 1)).toBeUndefined();
});
