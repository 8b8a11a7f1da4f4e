import sharp from 'sharp';
import { rgbaToThumbHash, thumbHashToRGBA } from 'thumbhash';
import { expect, it } from 'vitest';
import { placeholderColour, placeholderUrl } from '../../../src/web/ui/placeholder.ts';

/** Of a picture that is red on the left and blue on the right. */
function hashOf(width: number, height: number): Uint8Array {
  const pixels = Array.from({ length: width * height }, (_, at) =>
    at % width < width / 2 ? [220, 30, 20, 255] : [20, 40, 200, 255],
  );
  return rgbaToThumbHash(width, height, pixels.flat());
}

const asText = (hash: Uint8Array) => Buffer.from(hash).toString('base64');

it('a placeholder is the picture that its hash says, in half the pixels each way', async () => {
  const hash = hashOf(60, 40);
  const whole = thumbHashToRGBA(hash);
  const url = placeholderUrl(asText(hash)) ?? '';
  expect(url).toMatch(/^data:image\/png;base64,/);
  expect(url.length).toBeLessThan(1_500);
  const { data, info } = await sharp(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([whole.w >> 1, whole.h >> 1]);
  for (const [x, y] of [
    [0, 0],
    [info.width - 1, 3],
    [5, info.height - 1],
  ] as const) {
    const pixel = [...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4)];
    expect(pixel).toEqual(Array.from(whole.rgba.subarray((2 * y * whole.w + 2 * x) * 4).slice(0, 4)));
  }
});

it('its colour is that of the picture on the whole', () => {
  const [, red = 0, green = 0, blue = 0] = (
    /^rgb\((\d+) (\d+) (\d+) \/ 1\.00\)$/.exec(placeholderColour(asText(hashOf(40, 40))) ?? '') ?? []
  ).map(Number);
  expect(Math.abs(red - 120)).toBeLessThan(15);
  expect(Math.abs(green - 35)).toBeLessThan(15);
  expect(Math.abs(blue - 110)).toBeLessThan(15);
});

it('what is no hash has none, and thousands of them push out the first alone', () => {
  for (const text of ['', 'AA==', '…', '*'.repeat(40)]) {
    expect([placeholderUrl(text), placeholderColour(text)]).toEqual([null, null]);
  }
  const first = asText(hashOf(30, 20));
  const before = placeholderUrl(first);
  for (let at = 0; at < 2_000; at++) placeholderColour(asText(Uint8Array.of(at % 256, at >> 8, 1, 2, 3, 4, 5, 6)));
  expect(placeholderUrl(first)).toBe(before);
});
