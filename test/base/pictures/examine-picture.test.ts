import { deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bytesInMemory } from '../../../src/base/pictures/picture-bytes.ts';
import { readPictureHeader } from '../../../src/base/pictures/picture-header.ts';
import { sharp } from '../../../src/base/pictures/sharp.ts';
import { drawingOfFilters, jpegOfScans, pngChunk, withChunks } from '../../support/hostile-pictures.ts';
import { plainPicture } from '../../library/delivery/posters/poster-library.ts';

const svg = (content: string, side = 100) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${content}</svg>`;
const png = await plainPicture('red', { format: 'png' });
const jpeg = await plainPicture('red');
const text = (type: string, data: string | Buffer) => pngChunk(type, Buffer.from(data));

/** Of three components, of which the first scan has one, so that more scans follow. */
const sequential = Buffer.concat([
  jpeg.subarray(0, jpeg.indexOf(Buffer.from([0xff, 0xda]))),
  ...Array.from({ length: 101 }, () => Buffer.from('ffda0008010100003f0000', 'hex')),
  Buffer.from('ffd9', 'hex'),
]);

const gif = (frames: number) =>
  Buffer.concat([
    Buffer.from('47494638396101000100800000000000ffffff', 'hex'),
    ...Array.from({ length: frames }, () => Buffer.from('2c0000000001000100000202440100', 'hex')),
    Buffer.from(';'),
  ]);

const webp = (frames: number) =>
  Buffer.concat([
    Buffer.from('RIFF\0\0\0\0WEBP'),
    ...Array.from({ length: frames }, () => Buffer.from('ANMF\x01\0\0\0a\0', 'latin1')),
  ]);

/** Its only page is followed by itself. */
const tiffInCircles = Buffer.from('49492a00080000000000080000000000', 'hex');

async function verdictOn(bytes: string | Uint8Array): Promise<string | null> {
  const header = readPictureHeader(bytesInMemory(Buffer.from(bytes as Uint8Array)), 'a');
  return header.then(({ obstacle }) => obstacle).catch((error: Error) => error.message);
}

it.each<[string, string | Uint8Array, RegExp]>([
  ['a JPEG of many scans', jpegOfScans({ side: 64, scans: 101 }), /more than 100 scans/],
  ['one that is not progressive', sequential, /more than 100 scans/],
  ['a JPEG of many segments', withSegments(10_001), /more than 10000 segments/],
  [
    'a PNG of many chunks',
    withChunks(
      png,
      Array.from({ length: 10_001 }, () => text('tEXt', 'a\0b')),
    ),
    /10000 chunks/,
  ],
  [
    'a PNG whose text inflates to gigabytes',
    withChunks(
      png,
      Array.from({ length: 25 }, () =>
        text('zTXt', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.alloc(5e7))])),
      ),
    ),
    /compressed text/,
  ],
  ['a GIF of many frames', gif(20_001), /20000 frames/],
  ['a WebP of many frames', webp(20_001), /20000 frames/],
  ['a TIFF of pages without end', tiffInCircles, /20000 frames or pages/],
  ['a drawing of many filters', drawingOfFilters(60), /filters would take too long/],
  [
    'one in another encoding of Unicode',
    Buffer.from(`\ufeff${drawingOfFilters(60)}`, 'utf16le'),
    /unsupported image format/,
  ],
  ['one that is compressed', gzipSync(drawingOfFilters(60)), /filters would take too long/],
  [
    'one whose filter is used often',
    svg(`<filter id="f"><feTurbulence/></filter>${'<g filter="url(#f)"/>'.repeat(300)}`, 3000),
    /filters/,
  ],
  [
    'one of filters in its style',
    svg(`<rect style="filter:${'blur(90px) '.repeat(500)}"/>`, 10_000),
    /filters would take too long/,
  ],
  [
    'one of many pictures',
    svg('<image href="data:image/png;base64,"/>'.repeat(201)),
    /more than 200 embedded pictures/,
  ],
  ['one of entities', `<!DOCTYPE svg [<!ENTITY f "<g/>">]>${svg('&f;')}`, /entities/],
  ['one in an encoding that hides its words', `<?xml version="1.0" encoding="UTF-7"?>${svg('')}`, /encoding/],
  ['one that inflates beyond all measure', gzipSync(svg(' '.repeat(17 * 2 ** 20))), /grows beyond/],
])('refuses %s before it is decoded', async (_title, bytes, reason) => {
  expect(await verdictOn(bytes)).toMatch(reason);
});

it.each<[string, string | Uint8Array]>([
  ['a progressive JPEG', await sharp(jpeg).jpeg({ progressive: true }).toBuffer()],
  ['a JPEG of exactly as many scans', jpegOfScans({ side: 64, scans: 99 })],
  [
    'a photo with a film behind it',
    Buffer.concat([jpegOfScans({ side: 64, scans: 9 }), jpegOfScans({ side: 64, scans: 200 })]),
  ],
  [
    'a PNG with what a generator has written',
    withChunks(png, [text('tEXt', `prompt\0${'word '.repeat(200_000)}`), text('iTXt', 'a\0\x01\0\0\0x')]),
  ],
  ['an animated GIF', gif(200)],
  [
    'a drawing with shadows',
    svg(
      `<filter id="f"><feGaussianBlur stdDeviation="3"/><feMerge/></filter>${'<g filter="url(#f)"/>'.repeat(200)}`,
      1000,
    ),
  ],
  [
    'a drawing with the entities of Illustrator',
    `<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>${svg('')}`,
  ],
  ['a compressed drawing', gzipSync(svg('<rect/>'))],
])('has nothing against %s', async (_title, bytes) => {
  expect(await verdictOn(bytes)).toBeNull();
});

function withSegments(segments: number): Buffer {
  const comments = Array.from({ length: segments }, () => Buffer.from('fffe000361', 'hex'));
  return Buffer.concat([jpeg.subarray(0, 2), ...comments, jpeg.subarray(2)]);
}
