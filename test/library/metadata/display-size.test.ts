import { expect, it } from 'vitest';
import { displaySize } from '../../../src/library/metadata/display-size.ts';

it('stretches anamorphic pixels to square ones', () => {
  expect(displaySize({ Width: 1440, Height: 1080, PixelAspectRatio: 1.333 })).toEqual({ width: 1920, height: 1080 });
});

it.each([
  ['0.000', 320, 180],
  ['90.000', 180, 320],
  ['180.000', 320, 180],
  ['270.000', 180, 320],
  ['-90.000', 180, 320],
])('turns by %s degrees', (Rotation, width, height) => {
  expect(displaySize({ Width: 320, Height: 180, Rotation })).toEqual({ width, height });
});

it('stretches before it turns', () => {
  const track = { Width: 360, Height: 288, PixelAspectRatio: 1.067, Rotation: '90.000' };
  expect(displaySize(track)).toEqual({ width: 288, height: 384 });
});

it.each([0, 1000, Number.NaN])('takes the pixels for square where their ratio is %d', (PixelAspectRatio) => {
  expect(displaySize({ Width: 320, Height: 180, PixelAspectRatio })).toEqual({ width: 320, height: 180 });
});

it.each([
  { Width: 320 },
  { Height: 180 },
  { Width: 0, Height: 180 },
  { Width: -320, Height: 180 },
  { Width: Number.NaN, Height: 180 },
  { Width: 4_294_967_295, Height: 180 },
])('knows no size of %o', (track) => {
  expect(displaySize(track)).toEqual({ width: null, height: null });
});
