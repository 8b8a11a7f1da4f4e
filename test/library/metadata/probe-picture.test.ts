import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probeFixtures, probeOne } from './probe-one.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-picture-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const fixture = (name: string) => join(probeFixtures, name);

describe('a picture', () => {
  it('has its size after EXIF orientation', async () => {
    expect(await probeOne('orientation-6.jpg', 'IMAGE')).toEqual({
      id: 7,
      ok: true,
      width: 60,
      height: 90,
      durationSeconds: null,
      technical: {
        kind: 'picture',
        format: 'jpeg',
        compression: null,
        colourSpace: 'srgb',
        bitDepth: 8,
        hasAlpha: false,
        pages: 1,
        density: 300,
        orientation: 6,
        notes: [],
      },
    });
  });

  it('of 16 bits, with transparency, or of several pages says so', async () => {
    const blank = { width: 8, height: 6, channels: 4, background: '#00000000' } as const;
    await sharp({ create: blank }).toColourspace('rgb16').png().toFile(join(folder, 'deep.png'));
    expect(await probeOne(join(folder, 'deep.png'), 'IMAGE')).toMatchObject({
      technical: { format: 'png', bitDepth: 16, hasAlpha: true },
    });

    const frames = Buffer.from(Array.from({ length: 8 * 18 * 3 }, (_, index) => (index * 7) % 256));
    await sharp(frames, { raw: { width: 8, height: 18, channels: 3, pageHeight: 6 } })
      .gif()
      .toFile(join(folder, 'moving.gif'));
    expect(await probeOne(join(folder, 'moving.gif'), 'IMAGE')).toMatchObject({
      width: 8,
      height: 6,
      technical: { pages: 3 },
    });
  });

  it('in HEIC has its size, though nothing here decodes HEVC', async () => {
    expect(await probeOne('hevc-rotated.heic', 'IMAGE')).toMatchObject({
      width: 240,
      height: 320,
      technical: { format: 'heif', compression: 'hevc' },
    });
  });

  it('in a format that libvips lacks has the size that its own decoder knows', async () => {
    writeFileSync(join(folder, 'old.bmp'), bitmap(30, 20));
    expect(await probeOne(join(folder, 'old.bmp'), 'IMAGE')).toMatchObject({
      ok: true,
      width: 30,
      height: 20,
      technical: { kind: 'picture', format: 'bmp', colourSpace: 'srgb', notes: [] },
    });
  });

  it('in a format that only MediaInfo knows has its size, and a note', async () => {
    // The header of a DPX film scan: its magic, and the size of its one picture.
    const scan = Buffer.alloc(2048 + 30 * 20 * 4);
    scan.write('SDPX\0\0\x08\0V1.0', 'latin1');
    [scan.length, 1, 1664, 384].forEach((value, index) => scan.writeUInt32BE(value, 16 + index * 4));
    scan.writeUInt16BE(1, 770);
    [30, 20].forEach((value, index) => scan.writeUInt32BE(value, 772 + index * 4));
    writeFileSync(join(folder, 'scan.dpx'), scan);
    expect(await probeOne(join(folder, 'scan.dpx'), 'IMAGE')).toMatchObject({
      ok: true,
      width: 30,
      height: 20,
      technical: {
        kind: 'stream',
        notes: ["The picture's header could not be read: Input file contains unsupported image format."],
      },
    });
  });

  it('of more pixels than are decoded has its size and a note', async () => {
    expect(await probeOne('orientation-6.jpg', 'IMAGE', 5000)).toMatchObject({
      ok: true,
      width: 60,
      technical: { notes: ['The picture has 5400 pixels; over 5000 none is decoded.'] },
    });
    expect(await probeOne('orientation-6.jpg', 'IMAGE', 5400)).toMatchObject({ technical: { notes: [] } });
  });

  it('that was overwritten is read anew', async () => {
    const path = join(folder, 'a.webp');
    const blank = { channels: 3, background: 'red' } as const;
    await sharp({ create: { ...blank, width: 10, height: 10 } }).toFile(path);
    expect(await probeOne(path, 'IMAGE')).toMatchObject({ width: 10 });
    await sharp({ create: { ...blank, width: 20, height: 10 } }).toFile(path);
    expect(await probeOne(path, 'IMAGE')).toMatchObject({ width: 20 });
  });

  it.each(['scan [1]', 'a%d.jpg', '-q.jpg', 'line\nbreak.jpg', 'a.jpg[page=2]', 'file:x.jpg', 'ünï\u{1f600}.jpg'])(
    'may have the odd name %j',
    async (name) => {
      copyFileSync(fixture('orientation-6.jpg'), join(folder, name));
      expect(await probeOne(join(folder, name), 'IMAGE')).toMatchObject({ ok: true, width: 60, height: 90 });
    },
  );

  it.each([
    ['no picture at all', Buffer.from('hello'), /unsupported image format/],
    ['the beginning of a header', readFileSync(fixture('orientation-6.jpg')).subarray(0, 100), /premature end/],
  ])('of %s is a note without paths', async (_, content, reason) => {
    writeFileSync(join(folder, 'broken.jpg'), content);
    const result = await probeOne(join(folder, 'broken.jpg'), 'IMAGE');
    expect(result).toEqual({ id: 7, ok: false, code: 'UNREADABLE_MEDIA', note: expect.stringMatching(reason) });
    expect(JSON.stringify(result)).not.toContain(folder);
  });
});

function bitmap(width: number, height: number): Buffer {
  const pixels = Buffer.alloc(Math.ceil((width * 3) / 4) * 4 * height, 0x7f);
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
