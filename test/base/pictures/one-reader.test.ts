import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { probeOne } from '../../library/metadata/probe-one.ts';
import { distanceBetween, drawOriented, quadrants, readQuadrants } from '../../library/image-proxies/draw-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { buildRaw, buildTiff } from './build-tiff.ts';
import { type Outcome, renderers } from './renderers.ts';

let root: string;

beforeEach(async () => {
  root = await temporaryFolder();
});

/** What tiles, proxies and tiers show of a file, and what its headers said of it. */
async function readEverywhere(name: string) {
  const shown: Outcome[] = [];
  // One after the other: libvips has one place for the errors of all threads.
  for (const render of Object.values(renderers)) shown.push(await render(root, name));
  const probed = await probeOne(join(root, name), 'IMAGE');
  return { shown, probed };
}

/** Reasons of a picture that is refused everywhere. */
async function refusals(name: string): Promise<string[]> {
  const { shown } = await readEverywhere(name);
  return shown.map((outcome) => (outcome.ok ? 'it was shown' : outcome.reason));
}

const drawn = () => drawOriented(1, { width: 80, height: 60 });

const pictures: [string, (path: string) => Promise<unknown>][] = [
  ['a.jxl', (path) => copyFile('test/fixtures/pictures/orientation-6.jxl', path)],
  ['a.jp2', (path) => copyFile('test/fixtures/pictures/offset.jp2', path)],
  ['a.j2k', (path) => copyFile('test/fixtures/pictures/offset.j2k', path)],
  ['sequence.avif', (path) => copyFile('test/fixtures/pictures/sequence.avif', path)],
  ['sequence.heic', (path) => copyFile('test/fixtures/pictures/sequence.heic', path)],
  ['a.bmp', async (path) => writeFile(path, bitmap(await drawn().raw().toBuffer(), 80, 60))],
  ['a.tif', (path) => drawn().tiff({ compression: 'lzw' }).toFile(path)],
  ['a.png', (path) => drawn().png().toFile(path)],
];

describe('a picture is the same for tiles, proxies, tiers and the catalogue', () => {
  it.each(pictures)('as %s', async (name, make) => {
    await make(join(root, name));
    const { shown, probed } = await readEverywhere(name);
    expect(probed).toMatchObject({ ok: true, width: 80, height: 60, technical: { kind: 'picture', notes: [] } });
    for (const [index, outcome] of shown.entries()) {
      if (!outcome.ok) throw new Error(outcome.reason);
      const path = join(root, `shown-${index}`);
      await writeFile(path, outcome.bytes);
      expect(await sharp(path).metadata()).toMatchObject({ width: 80, height: 60 });
      expect(distanceBetween(await readQuadrants(path), quadrants)).toBeLessThan(20);
    }
  });

  it('as a HEIC of a phone, which sharp cannot decode', async () => {
    await copyFile('test/fixtures/probe/hevc-rotated.heic', join(root, 'a.heic'));
    const { shown, probed } = await readEverywhere('a.heic');
    expect(probed).toMatchObject({ width: 240, height: 320 });
    for (const outcome of shown) {
      if (!outcome.ok) throw new Error(outcome.reason);
      const { width, height } = await sharp(outcome.bytes).metadata();
      expect([width, height]).toEqual([240, 320]);
      const { channels } = await sharp(outcome.bytes).stats();
      expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(20);
    }
  });

  it('as a RAW: it has the size of the sensor, and is shown by the preview', async () => {
    const preview = await drawOriented(6, { width: 90, height: 120 }).jpeg({ quality: 95 }).toBuffer();
    // The preview does not say itself how it is held.
    const plain = await sharp(preview).autoOrient().rotate(270).jpeg({ quality: 95 }).toBuffer();
    const sensor = { width: 4000, height: 3000 };
    const raw = { sensor, stamp: { width: 16, height: 12 }, orientation: 6, preview: plain };
    await writeFile(join(root, 'a.nef'), buildRaw(raw));
    await writeFile(join(root, 'cropped.dng'), buildRaw({ ...raw, crop: [3900, 2900] }));
    const { shown, probed } = await readEverywhere('a.nef');
    const technical = { format: 'raw', notes: [] };
    expect(probed).toMatchObject({ ok: true, width: 3000, height: 4000, technical });
    expect(await probeOne(join(root, 'cropped.dng'), 'IMAGE')).toMatchObject({ width: 2900, height: 3900, technical });
    for (const outcome of shown) {
      if (!outcome.ok) throw new Error(outcome.reason);
      const path = join(root, 'shown');
      await writeFile(path, outcome.bytes);
      expect(await sharp(outcome.bytes).metadata()).toMatchObject({ width: 90, height: 120 });
      expect(distanceBetween(await readQuadrants(path), quadrants)).toBeLessThan(20);
    }
  });
});

describe('a TIFF that would turn out black is refused everywhere, with the reason', () => {
  const size = { width: 64, height: 48, rowsPerStrip: 8 };
  const strips = Array.from({ length: 6 }, () => Buffer.alloc(64 * 8, 200));

  it.each([
    ['ZSTD', 50_000],
    ['LZMA', 34_925],
    ['the compression 60000', 60_000],
  ])('in %s', async (name, compression) => {
    await writeFile(join(root, 'a.tif'), buildTiff(size, strips, compression));
    const reason = `it is a TIFF in ${name}, which is not decoded here; one in LZW or Deflate is.`;
    expect(await refusals('a.tif')).toEqual([1, 2, 3].map(() => expect.stringContaining(reason)));
    expect(await probeOne(join(root, 'a.tif'), 'IMAGE')).toMatchObject({
      ok: true,
      width: 64,
      height: 48,
      technical: { notes: [`The picture is not decoded: ${reason}`] },
    });
  });

  it('where it is cut off', async () => {
    const whole = buildTiff(size, strips);
    await writeFile(join(root, 'whole.tif'), whole);
    await writeFile(join(root, 'cut.tif'), whole.subarray(0, (whole.length * 2) / 3));
    expect(await refusals('whole.tif')).toEqual(['it was shown', 'it was shown', 'it was shown']);
    expect(await refusals('cut.tif')).toEqual([1, 2, 3].map(() => expect.stringMatching(/read error/i)));
    expect(await probeOne(join(root, 'cut.tif'), 'IMAGE')).toMatchObject({
      width: 64,
      technical: { notes: ['The picture is not decoded: it ends too early.'] },
    });
  });

  it('where its packbits is damaged', async () => {
    const row = Buffer.concat([Buffer.from([31]), Buffer.alloc(32, 90), Buffer.from([0x80, 0xe1, 7])]);
    const packed = Array.from({ length: 6 }, () => Buffer.concat(Array.from({ length: 8 }, () => row)));
    await writeFile(join(root, 'a.tif'), buildTiff(size, packed, 32_773));
    expect(await refusals('a.tif')).toEqual(['it was shown', 'it was shown', 'it was shown']);
    packed[3]?.fill(0xff, 100, 140);
    await writeFile(join(root, 'a.tif'), buildTiff(size, packed, 32_773));
    const reason = 'it is damaged: part 4 of 6 does not unpack to its pixels.';
    expect(await refusals('a.tif')).toEqual([1, 2, 3].map(() => expect.stringContaining(reason)));
  });

  it.each(['lzw', 'deflate', 'jpeg'] as const)('where its %s is damaged', async (compression) => {
    const noise = Buffer.from(Array.from({ length: 300 * 200 }, (_, index) => (index * index * 7) % 251));
    const pixels = sharp(noise, { raw: { width: 300, height: 200, channels: 1 } });
    const bytes = await pixels.tiff({ compression, quality: 90 }).toBuffer();
    const directory = bytes.readUInt32LE(4);
    const [from, to] = directory > bytes.length / 2 ? [8, directory] : [directory + 400, bytes.length];
    bytes.fill(0xff, from + Math.floor((to - from) / 3), from + Math.floor(((to - from) * 2) / 3));
    await writeFile(join(root, 'a.tif'), bytes);
    const reasons = await refusals('a.tif');
    expect(reasons).not.toContain('it was shown');
    for (const reason of reasons) expect(reason).not.toMatch(/unknown error/i);
  });
});

describe('of a format with a decoder of its own', () => {
  it.each(['orientation-6.jxl', 'offset.jp2', 'offset.j2k', 'sequence.heic'])(
    'half a %s is refused, with a reason',
    async (fixture) => {
      const bytes = await readFile(join('test/fixtures/pictures', fixture));
      await writeFile(join(root, fixture), bytes.subarray(0, bytes.length / 2));
      for (const reason of await refusals(fixture)) {
        expect(reason).toMatch(/UNREADABLE/);
        expect(reason).not.toMatch(/unknown error|magick|` @ /i);
      }
    },
  );

  it('a picture that is too large is refused before it is decoded', async () => {
    // A few bytes whose header promises 3.6 gigabytes.
    await writeFile(join(root, 'a.bmp'), bitmap(Buffer.alloc(300), 30_000, 30_000));
    for (const reason of await refusals('a.bmp')) expect(reason).toMatch(/pixels|UNREADABLE/);
  });
});

/** A bitmap of 24 bits, whose rows go from the bottom to the top in blue, green and red. */
function bitmap(rgb: Buffer, width: number, height: number): Buffer {
  const pixels = Buffer.alloc(rgb.length);
  const row = width * 3;
  for (let y = 0; y * row < rgb.length; y++) {
    for (let x = 0; x < row && y * row + x < rgb.length; x++) {
      pixels[(height - 1 - y) * row + x - (x % 3) + (2 - (x % 3))] = rgb[y * row + x] ?? 0;
    }
  }
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(54 + pixels.length, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  header.writeUInt32LE(pixels.length, 34);
  return Buffer.concat([header, pixels]);
}
