import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { novaProfile } from '../../../src/base/config/image-proxy-profile.ts';
import { renderProxy, type RenderProxyInput } from '../../../src/library/image-proxies/render-proxy.task.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { distanceBetween, drawNoise, drawOriented, quadrants, readQuadrants, wrapAsRaw } from './draw-pictures.ts';

let root: string;
let output: string;

beforeEach(async () => {
  root = await temporaryFolder();
  output = join(root, 'out');
});

function render(relativePath: string, changes: Partial<RenderProxyInput> = {}) {
  const source = { rootPath: root, relativePath };
  return renderProxy({
    source,
    profile: novaProfile,
    maxPixels: 20_000_000,
    small: 'SKIP',
    outputPath: output,
    ...changes,
  });
}

/** Renders what must be renderable, and gives what was said of it beside what the file says. */
async function renderFully(relativePath: string, changes: Partial<RenderProxyInput> = {}) {
  const result = await render(relativePath, changes);
  if (result.kind !== 'RENDERED') throw new Error(JSON.stringify(result));
  return { ...result, written: await sharp(await readFile(output)).metadata() };
}

const reds = (width = 1200, height = 1000) =>
  sharp({ create: { width, height, channels: 3, background: { r: 220, g: 20, b: 20 } } });

describe('the proxy of a photograph', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('in EXIF orientation %i stands upright', async (orientation) => {
    await drawOriented(orientation, { width: 1300, height: 1000 }).jpeg({ quality: 95 }).toFile(join(root, 'a.jpg'));
    const { source, proxy, written } = await renderFully('a.jpg');
    expect([source.width, source.height]).toEqual([1300, 1000]);
    expect([proxy.width, proxy.height, written.width, written.height]).toEqual([1165, 896, 1165, 896]);
    expect(distanceBetween(await readQuadrants(output), quadrants)).toBeLessThan(8);
  });

  it('is a JPEG of quality 85 whose facts are told as they are', async () => {
    await drawNoise(2000, 1500).jpeg().toFile(join(root, 'a.jpg'));
    const { source, proxy, written } = await renderFully('a.jpg');
    const bytes = await readFile(output);
    expect(source).toEqual({
      width: 2000,
      height: 1500,
      sizeBytes: (await readFile(join(root, 'a.jpg'))).length,
      modifiedNs: expect.stringMatching(/^\d{19}$/),
    });
    expect(proxy).toEqual({
      format: 'JPEG',
      width: 1195,
      height: 896,
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(written).toMatchObject({ format: 'jpeg', space: 'srgb', hasAlpha: false });
  });

  it('tells nothing of where and by whom it was taken', async () => {
    await reds()
      .jpeg()
      .withExifMerge({ IFD0: { Artist: 'Jane Doe' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .toFile(join(root, 'a.jpg'));
    expect((await sharp(join(root, 'a.jpg')).metadata()).exif?.includes('Jane Doe')).toBe(true);
    const { written } = await renderFully('a.jpg');
    const { exif, icc, xmp, iptc } = written;
    expect({ exif, icc, xmp, iptc }).toEqual({});
    expect((await readFile(output)).includes('Jane Doe')).toBe(false);
  });

  it.each<[string, () => Sharp]>([
    ['CMYK', () => reds().toColourspace('cmyk').jpeg()],
    ['16 bits a channel', () => reds().toColourspace('rgb16').png()],
    ['another colour profile', () => reds().withIccProfile('p3').jpeg()],
    ['shades of grey', () => reds().greyscale().jpeg()],
    ['16 bits of grey', () => reds().toColourspace('grey16').png()],
    ['a palette', () => reds().png({ palette: true })],
    ['TIFF', () => reds().tiff()],
    ['AVIF', () => reds().avif({ effort: 0 })],
    ['WebP', () => reds().webp()],
    ['GIF', () => reds().gif()],
  ])('of %s is in sRGB', async (title, draw) => {
    await draw().toFile(join(root, 'a.bin'));
    const { written } = await renderFully('a.bin');
    const { format, space, depth, channels, hasProfile } = written;
    expect({ format, space, depth, channels, hasProfile }).toEqual({
      format: 'jpeg',
      space: 'srgb',
      depth: 'uchar',
      channels: 3,
      hasProfile: false,
    });
    const means = (await sharp(output).stats()).channels.map(({ mean }) => mean);
    const expected = title.includes('grey') ? [112, 112, 112] : [220, 20, 20];
    const distances = means.map((mean, channel) => Math.abs(mean - (expected[channel] ?? 0)));
    expect(Math.max(...distances)).toBeLessThan(24); // CMYK has no such red
  });

  it('of a moving picture is its first frame', async () => {
    const frame = 1000 * 950 * 3;
    await sharp(Buffer.concat([Buffer.alloc(frame, 250), Buffer.alloc(frame, 0)]), {
      raw: { width: 1000, height: 1900, channels: 3, pageHeight: 950 },
    })
      .webp({ loop: 0, delay: [100, 100] })
      .toFile(join(root, 'a.webp'));
    const { proxy } = await renderFully('a.webp');
    expect([proxy.width, proxy.height]).toEqual([943, 896]);
    expect((await sharp(output).stats()).channels[0]?.min).toBeGreaterThan(240);
  });

  it('is found under a name that libvips would take for options', async () => {
    await reds().png().toFile(join(root, 'a.png'));
    await copyFile(join(root, 'a.png'), join(root, 'scan [1]'));
    expect(await render('scan [1]')).toMatchObject({ kind: 'RENDERED' });
  });
});

describe('transparency', () => {
  it('makes a PNG where a pixel really is transparent', async () => {
    await reds(2000, 1800).ensureAlpha().png().toFile(join(root, 'opaque.png'));
    expect((await renderFully('opaque.png')).proxy.format).toBe('JPEG');

    const data = Buffer.alloc(2000 * 1800 * 4, 255);
    data[(800 * 2000 + 900) * 4 + 3] = 0;
    await sharp(data, { raw: { width: 2000, height: 1800, channels: 4 } })
      .png()
      .toFile(join(root, 'hole.png'));
    const { proxy, written } = await renderFully('hole.png', { outputPath: (output = join(root, 'out2')) });
    expect([proxy.format, written.format, written.hasAlpha]).toEqual(['PNG', 'png', true]);
  });

  it('is flattened on white where only JPEG is wanted', async () => {
    await sharp({ create: { width: 1000, height: 950, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toFile(join(root, 'a.png'));
    const { proxy } = await renderFully('a.png', { profile: { ...novaProfile, formats: ['JPEG'] } });
    expect([proxy.format, (await sharp(output).stats()).channels[0]?.min]).toEqual(['JPEG', 255]);
  });

  it('of grey with alpha survives', async () => {
    await sharp({ create: { width: 1000, height: 950, channels: 4, background: { r: 90, g: 90, b: 90, alpha: 0.5 } } })
      .toColourspace('b-w')
      .png()
      .toFile(join(root, 'a.png'));
    const { proxy, written } = await renderFully('a.png');
    expect([proxy.format, written.space, written.hasAlpha]).toEqual(['PNG', 'srgb', true]);
  });
});

describe('a small picture', () => {
  it('needs no proxy, and gets one where it is wanted all the same', async () => {
    await reds(1200, 896).png().toFile(join(root, 'a.png'));
    expect(await render('a.png')).toEqual({
      kind: 'NOT_NEEDED',
      source: expect.objectContaining({ width: 1200, height: 896 }),
    });
    expect(existsSync(output)).toBe(false);
    const { proxy } = await renderFully('a.png', { small: 'RENDER' });
    expect([proxy.width, proxy.height, proxy.format]).toEqual([1200, 896, 'JPEG']);
  });

  it('in a format that models do not read can be had as one that they do', async () => {
    await reds(60, 40).tiff().toFile(join(root, 'a.tif'));
    await reds(60, 40).png().toFile(join(root, 'a.png'));
    expect(await render('a.png', { small: 'FORMAT' })).toMatchObject({ kind: 'NOT_NEEDED' });
    expect((await renderFully('a.tif', { small: 'FORMAT' })).proxy).toMatchObject({ width: 60, height: 40 });
  });
});

describe('the formats of phones and cameras', () => {
  const small = { profile: { ...novaProfile, shorterSide: 120 } };

  it('include HEIC, upright and in its colours', async () => {
    await copyFile('test/fixtures/probe/hevc-rotated.heic', join(root, 'a.heic'));
    const { source, proxy } = await renderFully('a.heic', small);
    expect([source.width, source.height, proxy.width, proxy.height]).toEqual([240, 320, 120, 160]);
    expect(proxy.format).toBe('JPEG');
    const { channels } = await sharp(output).stats();
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(20);
  });

  it('include a HEIC that is cut off, as one that cannot be read', async () => {
    const bytes = await readFile('test/fixtures/probe/hevc-rotated.heic');
    await writeFile(join(root, 'a.heic'), bytes.subarray(0, 1500));
    expect(await render('a.heic', small)).toMatchObject({ kind: 'FAILED', code: 'UNREADABLE_IMAGE' });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('include RAW in orientation %i, by its largest preview', async (orientation) => {
    const preview = drawOriented(orientation, { width: 1300, height: 1000 });
    const [large, stamp] = await Promise.all([
      // Without EXIF of its own: the file tells how it is held.
      sharp(await preview.png().toBuffer())
        .jpeg({ quality: 95 })
        .toBuffer(),
      reds(160, 120).jpeg().toBuffer(),
    ]);
    await writeFile(join(root, 'a.NEF'), wrapAsRaw(orientation, [stamp, large, stamp]));
    const { source, proxy } = await renderFully('a.NEF');
    expect([source.width, source.height, proxy.width, proxy.height]).toEqual([1300, 1000, 1165, 896]);
    expect(distanceBetween(await readQuadrants(output), quadrants)).toBeLessThan(8);
  });

  it('include RAW without a preview, as one that cannot be read', async () => {
    await writeFile(join(root, 'a.dng'), wrapAsRaw(1, []));
    expect(await render('a.dng')).toEqual({
      kind: 'FAILED',
      code: 'UNREADABLE_IMAGE',
      reason: expect.stringContaining('without an embedded preview'),
    });
  });
});

describe('what makes no picture', () => {
  const failures: [string, string, (path: string) => Promise<unknown>, RegExp][] = [
    ['no bytes', 'UNREADABLE_IMAGE', (path) => writeFile(path, ''), /has no bytes/],
    ['text', 'UNREADABLE_IMAGE', (path) => writeFile(path, 'hello'), /unsupported image format/i],
    ['a page', 'UNREADABLE_IMAGE', (path) => writeFile(path, '<html><body>hello</body></html>'), /format/],
    ['a PDF', 'UNREADABLE_IMAGE', (path) => writeFile(path, '%PDF-1.4\n%âãÏÓ\n'), /format/],
    ['too many pixels', 'UNREADABLE_IMAGE', (path) => reds(5000, 5000).png().toFile(path), /5000 x 5000 pixels/],
    ['a folder', 'NOT_A_REGULAR_FILE', (path) => mkdir(path), /Something other than a file/],
    ['nothing', 'FILE_NOT_FOUND_ON_DISK', async () => undefined, /not on the disk any more/],
    [
      'half a JPEG',
      'UNREADABLE_IMAGE',
      async (path) => truncate(path, ((await drawNoise(1500, 1200).jpeg().toFile(path)).size / 2) | 0),
      /./,
    ],
    [
      'half a PNG',
      'UNREADABLE_IMAGE',
      async (path) => truncate(path, ((await drawNoise(1500, 1200).png().toFile(path)).size / 2) | 0),
      /./,
    ],
  ];

  it.each(failures)(
    '%s is told as %s, in a dry run too, and nothing is written',
    async (_title, code, make, reason) => {
      await make(join(root, 'a.jpg'));
      for (const outputPath of [output, null]) {
        const result = await render('a.jpg', { outputPath });
        expect(result).toEqual({ kind: 'FAILED', code, reason: expect.stringMatching(reason) });
        expect(JSON.stringify(result)).not.toMatch(/\/proc|\/tmp/);
      }
      expect((await readdir(root)).filter((name) => name !== 'a.jpg')).toEqual([]);
    },
  );

  it('is not decoded where its header says that it is too large', async () => {
    // A few kilobytes that would decode to 3.6 gigabytes.
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"></svg>';
    await writeFile(join(root, 'a.svg'), svg);
    const result = await render('a.svg', { maxPixels: 120_000_000 });
    expect(result).toMatchObject({ kind: 'FAILED', reason: expect.stringMatching(/pixel/) });
  });

  it('does not stand in the way of a whole picture with something behind its end', async () => {
    const jpeg = await drawNoise(1500, 1200).jpeg().toBuffer();
    await writeFile(join(root, 'motion.jpg'), Buffer.concat([jpeg, Buffer.alloc(300_000, 7)]));
    for (const outputPath of [output, null]) {
      expect((await render('motion.jpg', { outputPath })).kind).toBe(outputPath === null ? 'PLANNED' : 'RENDERED');
    }
  });
});

describe('a drawing', () => {
  it('has nothing in it of other files, nor of the network', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    await reds(1000, 1000).png().toFile(join(root, 'secret.png'));
    const links = ['secret.png', `file://${root}/secret.png`, `http://127.0.0.1:${port}/a.png`];
    const images = links.map((href) => `<image xlink:href="${href}" href="${href}" width="1000" height="1000"/>`);
    const include = `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.svg"/>`;
    await writeFile(
      join(root, 'secret.svg'),
      '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>',
    );
    await writeFile(
      join(root, 'spy.svg'),
      `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file://${root}/secret.svg">]>
       <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="1000" height="1000">
       <rect width="1000" height="1000" fill="#00f"/>${images.join('')}${include}</svg>`,
    );
    await renderFully('spy.svg');
    const [red, green, blue] = (await sharp(output).stats()).channels;
    expect([red?.max, green?.max, blue?.min]).toEqual([0, 0, 254]);
    expect(asked).toBe(0);
  });
});

describe('a disk that is full', () => {
  it('is a StorageError, and leaves nothing half-written', async () => {
    const disk = join(root, 'disk');
    await mkdir(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      return; // only root may mount
    }
    onTestFinished(() => void execFileSync('umount', [disk]));
    await drawNoise(2000, 1500).jpeg().toFile(join(root, 'a.jpg'));
    expect(await render('a.jpg', { outputPath: join(disk, 'out') })).toEqual({
      kind: 'FAILED',
      code: 'STORAGE_ERROR',
      reason: 'Writing the proxy failed (ENOSPC). The disk is full: make room, then try again.',
    });
    expect(await readdir(disk)).toEqual([]);
  });
});
