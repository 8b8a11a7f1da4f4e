import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { probeFiles } from '../../../src/library/metadata/probe-files.task.ts';
import { sharp } from '../../../src/base/pictures/sharp.ts';
import { createWorkerPool } from '../../../src/library/workers/worker-pool.ts';
import { colourOf, plainPicture } from '../../library/delivery/posters/poster-library.ts';
import { drawingOfFilters, jpegOfScans } from '../../support/hostile-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { maxPixels, renderers } from './renderers.ts';

describe.each(Object.entries(renderers))('a %s', (_name, render) => {
  it('of a drawing shows no other file, and asks no server', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const root = await temporaryFolder();
    await writeFile(join(root, 'secret.png'), await plainPicture('red', { format: 'png' }));
    const hrefs = [
      'file:///etc/passwd',
      `file://${root}/secret.png`,
      'secret.png',
      `http://127.0.0.1:${port}/a.png`,
      ...Array.from({ length: 40 }, (_, fd) => `file:///proc/self/fd/${fd}`),
    ];
    const images = hrefs.map((href) => `<image width="60" height="40" href="${href}"/>`).join('');
    const svg =
      `<!DOCTYPE svg [<!ENTITY p SYSTEM "file:///etc/passwd">]>` +
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xi="http://www.w3.org/2001/XInclude" width="60" height="40">` +
      `<style>@import url("http://127.0.0.1:${port}/a.css");</style>` +
      `${images}<text y="20">&p;<xi:include href="/etc/passwd" parse="text"/></text></svg>`;
    await writeFile(join(root, 'spy.svg'), svg);
    await writeFile(join(root, 'spy.svgz'), gzipSync(svg));
    await writeFile(join(root, 'spy.jpg'), svg);
    for (const file of ['spy.svg', 'spy.svgz', 'spy.jpg']) {
      const result = await render(root, file);
      // A drawing is rendered as an empty one, or not at all.
      const isHarmless = result.ok
        ? isEmpty((await sharp(result.bytes).stats()).channels)
        : /svg|XML|UNREADABLE/i.test(result.reason);
      expect({ file, result, isHarmless }).toMatchObject({ isHarmless: true });
    }
    expect(asked).toBe(0);
  });

  it.each([
    ['a PDF', pdf()],
    ['PostScript', Buffer.from('%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n')],
    [
      "ImageMagick's own format",
      Buffer.from('id=ImageMagick\nclass=DirectClass\ncolumns=2 rows=2\ndepth=8\n\f\n:\x1a' + 'x'.repeat(12)),
    ],
    [
      "ImageMagick's vector graphics",
      Buffer.from("push graphic-context\nimage over 0,0 0,0 'msl:/etc/passwd'\npop graphic-context"),
    ],
    ['a portable pixmap', Buffer.from(`P6 2 2 255\n${'x'.repeat(12)}`, 'latin1')],
    ['a Radiance picture', Buffer.from('#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\nabcd')],
    ['an array of numbers', Buffer.from('2 2\n1 2\n3 4\n')],
    ["libvips' own format", vips()],
  ])('of %s, whatever it is called, is refused', async (_title, content) => {
    const root = await temporaryFolder();
    for (const file of ['a.jpg', 'a.png', 'a.pdf', 'a.mat', 'a.csv', 'a.v']) {
      await writeFile(join(root, file), content);
      expect(await render(root, file)).toEqual({
        ok: false,
        reason: expect.stringMatching(/unsupported|UNREADABLE|UNSUITABLE/i),
      });
    }
  });

  it('of 900 megapixels in a few bytes is refused before it is decoded', async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'bomb.png'), hugePng(30_000));
    const before = process.memoryUsage().rss;
    expect(await render(root, 'bomb.png')).toEqual({ ok: false, reason: expect.stringMatching(/pixel/) });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
  });

  it.each([
    ['a JPEG of 60,000 scans', jpegOfScans({ side: 10_000, scans: 60_000 }), /scans/],
    ['a drawing of filters', Buffer.from(drawingOfFilters(60)), /filters|"svg"/],
  ])('of %s is refused before it is decoded', async (_title, content, reason) => {
    const root = await temporaryFolder();
    await writeFile(join(root, 'slow.jpg'), content);
    expect(await render(root, 'slow.jpg')).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });

  it('of a file that was overwritten shows what is there now', async () => {
    const root = await temporaryFolder();
    for (const colour of ['red', 'blue', 'green'] as const) {
      await writeFile(join(root, 'a.png'), await plainPicture(colour, { format: 'png' }));
      const result = await render(root, 'a.png');
      expect(result.ok && (await colourOf({ bytes: Buffer.from(result.bytes) }))).toBe(colour);
    }
  });
});

it('the header of a drawing is read from its bytes, and that of a document not at all', async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, 'a.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"/>');
  await writeFile(join(root, 'a.jpg'), pdf());
  const files = ['a.svg', 'a.jpg'].map((path, id) => ({ id, path, rootPath: root, mediaType: 'IMAGE' as const }));
  expect(await probeFiles({ files })).toMatchObject([
    { ok: true, width: 60, height: 40, technical: { format: 'svg' } },
    { ok: false, code: 'UNREADABLE_MEDIA' },
  ]);
});

it('sharp opens no drawing by its path, wherever it is imported', async () => {
  const root = await temporaryFolder();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"/>';
  await writeFile(join(root, 'a.svg'), svg);
  await expect(sharp(join(root, 'a.svg')).metadata()).rejects.toThrow('unsupported image format');
  expect(await sharp(Buffer.from(svg)).metadata()).toMatchObject({ format: 'svg', width: 60 });
});

it('sharp remembers no picture, however many threads have loaded it', async () => {
  const root = await temporaryFolder();
  await writeFile(join(root, 'a.png'), await plainPicture('red'));
  const pool = createWorkerPool();
  onTestFinished(() => pool.close());
  const source = { kind: 'file', rootPath: root, relativePath: 'a.png', isTolerant: true } as const;
  const both = Array.from({ length: 2 }, () => pool.run('renderPicture', { source, longestSide: 320, maxPixels }));
  expect(await Promise.all(both)).toMatchObject([{ ok: true }, { ok: true }]);
  expect(sharp.cache()).toMatchObject({ memory: { max: 0 }, files: { max: 0 }, items: { max: 0 } });
});

/** Nothing was drawn: all of it is transparent, or has become white. */
function isEmpty(channels: readonly { min: number; max: number }[]): boolean {
  const alpha = channels[3];
  return alpha === undefined ? channels.every(({ min }) => min > 250) : alpha.max === 0;
}

function pdf(): Buffer {
  return Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj ' +
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  );
}

/** Its header alone has 64 bytes: magic, 2 x 2, 3 bands of a byte. */
function vips(): Buffer {
  const file = Buffer.alloc(64 + 12, 1);
  file.writeUInt32BE(0x08f2a6b6, 0);
  [2, 2, 3, 0, 0, 0, 22].forEach((value, index) => file.writeInt32LE(value, 4 + index * 4));
  return file;
}

/** A square of one colour, of one bit each. */
function hugePng(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
