import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exifBlock, tiffStructure, type TiffEntry } from '../../../support/tiff-structure.ts';
import { readFactsOf } from './read-facts.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picture-facts-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/pictures/${name}`, import.meta.url));

const exif: TiffEntry[] = [
  [0x9003, '2024:01:31 23:59:59'],
  [0x9011, '+02:00'],
];
const gps: TiffEntry[] = [
  [1, 'N'],
  [
    2,
    {
      fractions: [
        [48, 1],
        [30, 1],
        [0, 1],
      ],
    },
  ],
  [3, 'E'],
  [
    4,
    {
      fractions: [
        [2, 1],
        [15, 1],
        [0, 1],
      ],
    },
  ],
];
const parts = { image: [[0x0110, 'EOS R6']] satisfies TiffEntry[], exif, gps };
const expected = {
  capture: { localMs: Date.UTC(2024, 0, 31, 23, 59, 59), offsetMinutes: 120, source: 'EXIF' },
  facts: { camera: { model: 'EOS R6' }, place: { latitude: 48.5, longitude: 2.25 } },
};

function write(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function box(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** A picture with tags, as sharp writes them; the blocks have an order of bytes and offsets of its own. */
async function written(format: 'jpeg' | 'png' | 'webp' | 'avif'): Promise<Buffer> {
  const create = { width: 8, height: 6, channels: 3, background: 'teal' } as const;
  return sharp({ create })
    .withExif({
      IFD0: { Model: 'EOS R6' },
      IFD2: { DateTimeOriginal: '2024:01:31 23:59:59', OffsetTimeOriginal: '+02:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '48/1 30/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '2/1 15/1 0/1',
      },
    })
    .toFormat(format)
    .toBuffer();
}

/** A TIFF with the tags in its first directory; its one pixel is its first byte. */
const picture = tiffStructure({
  ...parts,
  image: [
    [0x0100, { short: [1] }],
    [0x0101, { short: [1] }],
    [0x0102, { short: [8] }],
    [0x0103, { short: [1] }],
    [0x0106, { short: [1] }],
    ...parts.image,
    [0x0111, { long: [0] }],
    [0x0115, { short: [1] }],
    [0x0116, { short: [1] }],
    [0x0117, { long: [1] }],
  ],
});

/** A picture of JPEG XL in its container, with a box in front of the pixels. */
function jpegXl(tags: Buffer): Buffer {
  const file = fixture('orientation-6.jxl');
  // Behind the signature and the type of the file.
  return Buffer.concat([file.subarray(0, 32), tags, file.subarray(32)]);
}

const offset = Buffer.alloc(4);

describe('The time, the camera and the place of a picture', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('are read from %s', async (format) => {
    expect(await readFactsOf(write(`a.${format}`, await written(format)), 'IMAGE')).toEqual(expected);
  });

  it('are read from the directories of TIFF and of formats of cameras', async () => {
    expect(await readFactsOf(write('saved.nef', await written('jpeg')), 'IMAGE')).toEqual(expected);
    for (const name of ['a.tif', 'a.dng', 'a.NEF']) {
      expect({ name, ...(await readFactsOf(write(name, picture), 'IMAGE')) }).toEqual({ name, ...expected });
    }
  });

  it("are read from the boxes of Canon's newer format", async () => {
    const film = Buffer.concat([
      box('CMT1', tiffStructure({ image: [...parts.image, [0x0100, { short: [60] }], [0x0101, { short: [40] }]] })),
      box('CMT2', tiffStructure({ image: exif })),
      box('CMT4', tiffStructure({ image: gps })),
    ]);
    const file = Buffer.concat([
      box('ftyp', Buffer.from('crx \0\0\0\x01crx ', 'latin1')),
      box('moov', box('uuid', film)),
    ]);
    expect(await readFactsOf(write('a.cr3', file), 'IMAGE')).toEqual(expected);
  });

  it('are read from JPEG XL, compressed or not, and from JPEG 2000', async () => {
    const block = Buffer.concat([offset, tiffStructure(parts)]);
    const compressed = box('brob', Buffer.concat([Buffer.from('Exif'), brotliCompressSync(block)]));
    for (const tags of [box('Exif', block), compressed]) {
      expect(await readFactsOf(write('a.jxl', jpegXl(tags)), 'IMAGE')).toEqual(expected);
    }
    const uuid = box('uuid', Buffer.concat([Buffer.from('JpgTiffExif->JP2'), tiffStructure(parts)]));
    const path = write('a.jp2', Buffer.concat([fixture('offset.jp2'), uuid]));
    expect(await readFactsOf(path, 'IMAGE')).toEqual(expected);
  });

  it('are nothing where a picture has no tags, and the place is left out where it is not wanted', async () => {
    const plain = await sharp({ create: { width: 8, height: 6, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    expect(await readFactsOf(write('a.png', plain), 'IMAGE')).toEqual({ capture: null, facts: null });
    expect((await readFactsOf(write('a.jpg', await written('jpeg')), 'IMAGE', { places: false })).facts).toEqual({
      camera: { model: 'EOS R6' },
    });
  });

  it('come from the name where a picture has no date, or cannot be read at all', async () => {
    const capture = { localMs: Date.UTC(2023, 4, 6, 7, 8, 9), offsetMinutes: null, source: 'FILENAME' };
    const damaged = write('IMG_20230506_070809.jpg', Buffer.from('no picture'));
    expect(await readFactsOf(damaged, 'IMAGE')).toEqual({ capture, facts: null });
    const modified = exifBlock({ image: [[0x0132, '2024:01:31 23:59:59']] });
    const jpeg = await sharp({ create: { width: 8, height: 6, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer();
    const app1 = Buffer.from([0xff, 0xe1, 0, 0]);
    app1.writeUInt16BE(modified.length + 2, 2);
    const tagged = Buffer.concat([jpeg.subarray(0, 2), app1, modified, jpeg.subarray(2)]);
    // When it was last changed says less than the name.
    expect((await readFactsOf(write('IMG_20230506_070809.jpg', tagged), 'IMAGE')).capture).toEqual(capture);
    expect((await readFactsOf(write('IMG_1.jpg', tagged), 'IMAGE')).capture).toEqual({
      localMs: Date.UTC(2024, 0, 31, 23, 59, 59),
      offsetMinutes: null,
      source: 'EXIF_MODIFIED',
    });
  });
});
