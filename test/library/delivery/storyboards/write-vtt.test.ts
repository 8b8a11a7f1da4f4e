import { expect, it } from 'vitest';
import { planTiles } from '../../../../src/library/delivery/storyboards/storyboard-layout.ts';
import { writeVtt } from '../../../../src/library/delivery/storyboards/write-vtt.ts';

it('a storyboard names the place and the time of each tile', () => {
  const size = { tileWidth: 160, tileHeight: 90, columns: 2 };
  const layout = { ...size, count: 3, intervalSeconds: 1800, durationSeconds: 3700.25 };
  expect(writeVtt(layout, 'sheet.webp?v=1')).toBe(`WEBVTT

00:00:00.000 --> 00:30:00.000
sheet.webp?v=1#xywh=0,0,160,90

00:30:00.000 --> 01:00:00.000
sheet.webp?v=1#xywh=160,0,160,90

01:00:00.000 --> 01:01:40.250
sheet.webp?v=1#xywh=0,90,160,90
`);
});

it.each([
  [0.04, { intervalSeconds: 2, count: 1 }],
  [7, { intervalSeconds: 2, count: 4 }],
  [400, { intervalSeconds: 2, count: 200 }],
  [401, { intervalSeconds: 3, count: 134 }],
  [7200, { intervalSeconds: 36, count: 200 }],
  [1e9, { intervalSeconds: 5_000_000, count: 200 }],
])('a film of %d seconds has at most 200 tiles, of whole seconds', (durationSeconds, planned) => {
  expect(planTiles(durationSeconds)).toEqual(planned);
});
