import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { isShownByBrowsers } from '../../../src/library/delivery/shown-by-browsers.ts';
import { probePicture } from '../../../src/library/metadata/probe-picture.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const plain = (space: 'srgb' | 'cmyk' = 'srgb') =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } }).toColourspace(space);

const drawing = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
);

/** Whether a file is shown itself, by what its real header says. */
async function isShown(picture: Sharp | Buffer, mimeType: string | null, name = 'a'): Promise<boolean> {
  const bytes = Buffer.isBuffer(picture) ? picture : await picture.toBuffer();
  const path = join(await temporaryFolder(), name);
  await writeFile(path, bytes);
  const handle = await open(path);
  try {
    const file = { fd: handle.fd, sizeBytes: bytes.length };
    const { width, height, technical } = await probePicture(file, name, 120_000_000);
    return isShownByBrowsers({
      mimeType,
      sizeBytes: BigInt(bytes.length),
      width,
      height,
      technicalMetadata: technical,
    });
  } finally {
    await handle.close();
  }
}

describe('a browser shows the file itself of', () => {
  it.each<[string, () => Sharp | Buffer, string, string?]>([
    ['a JPEG', () => plain().jpeg(), 'image/jpeg'],
    ['a JPEG that is turned by its tag', () => plain().withMetadata({ orientation: 6 }).jpeg(), 'image/jpeg'],
    ['a grey JPEG', () => plain().greyscale().jpeg({ progressive: true }), 'image/jpeg'],
    ['a PNG of 16 bits', () => plain().toColourspace('rgb16').png(), 'image/png'],
    ['a WebP', () => plain().webp(), 'image/webp'],
    ['a GIF', () => plain().gif(), 'image/gif'],
    ['an AVIF', () => plain().avif(), 'image/avif'],
    ['a JPEG that is called otherwise', () => plain().jpeg(), 'image/heic', 'a.heic'],
  ])('%s', async (_what, picture, mimeType, name) => {
    expect(await isShown(picture(), mimeType, name)).toBe(true);
  });
});

describe('a browser is given a picture of', () => {
  it.each<[string, () => Sharp | Buffer, string | null, string?]>([
    ['a JPEG for print', () => plain('cmyk').jpeg(), 'image/jpeg'],
    ['a TIFF', () => plain().tiff(), 'image/tiff'],
    ['a TIFF that is called a JPEG', () => plain().tiff(), 'image/jpeg', 'a.jpg'],
    ['a drawing', () => drawing, 'image/svg+xml', 'a.svg'],
    ['a drawing that is called a picture', () => drawing, 'image/png', 'a.png'],
    ['a picture that is called a drawing', () => plain().png(), 'image/svg+xml', 'a.svg'],
    ['a picture that is called nothing', () => plain().png(), null],
    ['a WebP that is turned by its tag', () => plain().withMetadata({ orientation: 6 }).webp(), 'image/webp'],
  ])('%s', async (_what, picture, mimeType, name) => {
    expect(await isShown(picture(), mimeType, name)).toBe(false);
  });

  const jpeg = { kind: 'picture', format: 'jpeg', colourSpace: 'srgb', bitDepth: 8, notes: [] };
  const file = { mimeType: 'image/jpeg', sizeBytes: 1n, width: 10, height: 10, technicalMetadata: jpeg };

  it.each<[string, object]>([
    ['more pixels than a page holds', { width: 10_000, height: 5_001 }],
    ['a longer side than graphics cards hold', { width: 16_384 }],
    ['more bytes than come soon', { sizeBytes: 20n * 2n ** 20n + 1n }],
    ['a header that was not read yet', { technicalMetadata: null, width: null, height: null }],
    ['a header that could not be read', { technicalMetadata: { notes: ['no'], code: 'X' }, width: null }],
    ['a note that it is not decoded', { technicalMetadata: { ...jpeg, notes: ['The picture is not decoded: …'] } }],
    ['12 bits', { technicalMetadata: { ...jpeg, bitDepth: 16 } }],
    ['HEVC', { technicalMetadata: { ...jpeg, format: 'heif', compression: 'hevc' } }],
    ['a camera of its own', { technicalMetadata: { ...jpeg, format: 'raw' } }],
  ])('what has %s', (_what, facts) => {
    expect(isShownByBrowsers(file)).toBe(true);
    expect(isShownByBrowsers({ ...file, ...facts })).toBe(false);
  });
});
