import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPicture, type PictureSource } from '../../../../src/library/delivery/posters/render-picture.task.ts';
import { createWorkerPool } from '../../../../src/library/workers/worker-pool.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { embedCover } from './embed-cover.ts';
import { plainPicture } from './poster-library.ts';

let root: string;

beforeEach(async () => {
  root = await temporaryFolder();
});

const limits = { longestSide: 320, maxPixels: 1_000_000 };
const file = (relativePath: string, isTolerant = false): PictureSource => ({
  kind: 'file',
  rootPath: root,
  relativePath,
  isTolerant,
});
const render = (source: PictureSource) => renderPicture({ source, ...limits });

async function renderFully(source: PictureSource): Promise<Uint8Array> {
  const result = await render(source);
  if (!result.ok) throw new Error(result.message);
  return result.bytes;
}

describe('a rendered picture', () => {
  it('is upright, and tells nothing of where and by whom it was taken', async () => {
    // Half red, half blue; shown turned by a quarter, red is at the top.
    const [red, blue] = await Promise.all(
      (['red', 'blue'] as const).map((colour) => plainPicture(colour, { format: 'png', width: 300, height: 400 })),
    );
    await sharp({ create: { width: 600, height: 400, channels: 3, background: '#000' } })
      .composite([
        { input: red!, left: 0, top: 0 },
        { input: blue!, left: 300, top: 0 },
      ])
      .jpeg()
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD0: { Artist: 'Jane Doe' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .toFile(join(root, 'turned.jpg'));
    const taken = await sharp(join(root, 'turned.jpg')).metadata();
    expect([taken.orientation, taken.exif?.includes('Jane Doe')]).toEqual([6, true]);

    const bytes = await renderFully(file('turned.jpg'));
    const { width, height, exif, icc, xmp, orientation } = await sharp(bytes).metadata();
    expect({ width, height, exif, icc, xmp, orientation }).toEqual({ width: 213, height: 320 });
    const { data } = await sharp(bytes).extract({ left: 100, top: 20, width: 1, height: 1 }).raw().toBuffer({
      resolveWithObject: true,
    });
    expect(data[0]).toBeGreaterThan(180);
  });

  it.each([
    ['CMYK', () => sharp(red()).toColourspace('cmyk').jpeg()],
    ['16 bits a channel', () => sharp(red()).toColourspace('rgb16').png()],
    ['another colour profile', () => sharp(red()).withIccProfile('p3').png()],
  ])('of %s is in sRGB', async (_title, draw) => {
    await draw().toFile(join(root, 'other'));
    const bytes = await renderFully(file('other'));
    const { space, depth, hasProfile } = await sharp(bytes).metadata();
    expect({ space, depth, hasProfile }).toEqual({ space: 'srgb', depth: 'uchar', hasProfile: false });
    const { channels } = await sharp(bytes).stats();
    const distances = channels.map(({ mean }, index) => Math.abs(mean - ([220, 20, 20][index] ?? 0)));
    expect(Math.max(...distances)).toBeLessThan(24); // CMYK has no such red
  });

  it('keeps what is transparent', async () => {
    await sharp({ create: { width: 50, height: 50, channels: 4, background: '#ff000000' } })
      .png()
      .toFile(join(root, 'glass.png'));
    const { channels } = await sharp(await renderFully(file('glass.png'))).stats();
    expect(channels[3]?.max).toBe(0);
  });

  it('of a moving picture is its first frame', async () => {
    const frames = Buffer.concat([Buffer.alloc(80 * 60 * 3, 250), Buffer.alloc(80 * 60 * 3, 0)]);
    await sharp(frames, { raw: { width: 80, height: 120, channels: 3, pageHeight: 60 } })
      .webp({ loop: 0, delay: [100, 100] })
      .toFile(join(root, 'moving.webp'));
    const bytes = await renderFully(file('moving.webp'));
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 80, height: 60 });
    expect((await sharp(bytes).stats()).channels[0]?.min).toBeGreaterThan(240);
  });

  it('is found under a name that libvips would take for options', async () => {
    await copyFileTo('scan [1]');
    await copyFileTo('a[page=2]');
    for (const name of ['scan [1]', 'a[page=2]']) expect(await render(file(name))).toMatchObject({ ok: true });
  });

  it('shows the file of now, where another one was rendered under the same descriptor', async () => {
    for (const colour of ['red', 'blue', 'red'] as const) {
      await writeFile(join(root, 'same.png'), await plainPicture(colour, { format: 'png' }));
      const { channels } = await sharp(await renderFully(file('same.png'))).stats();
      expect((channels[0]?.mean ?? 0) > 128).toBe(colour === 'red');
    }
  });

  it('of SVG is made of a file and of nothing that came from elsewhere', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30"/></svg>';
    await writeFile(join(root, 'icon.svg'), svg);
    expect(await render(file('icon.svg'))).toMatchObject({ ok: true });
    expect(await render({ kind: 'bytes', bytes: Buffer.from(svg) })).toMatchObject({
      ok: false,
      code: 'UNSUITABLE_PICTURE',
    });
  });

  it('of SVG has nothing in it of other files', async () => {
    await writeFile(join(root, 'secret.png'), await plainPicture('red', { format: 'png' }));
    const link = join(root, 'secret.png');
    await writeFile(
      join(root, 'spy.svg'),
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="60" height="40">
        <image width="60" height="40" xlink:href="file://${link}"/><image width="60" height="40" href="secret.png"/>
        <image width="60" height="40" href="/proc/self/cwd/${link}"/></svg>`,
    );
    const { channels } = await sharp(await renderFully(file('spy.svg'))).stats();
    expect(channels.map(({ max }) => max)).toEqual([0, 0, 0, 0]);
  });

  it.each([
    ['of more pixels than are decoded', () => sharp(red(2000, 1000)).png().toBuffer(), 'PICTURE_UNREADABLE'],
    ['that is only a header', async () => (await sharp(red()).png().toBuffer()).subarray(0, 60), 'PICTURE_UNREADABLE'],
    ['that is empty', async () => Buffer.alloc(0), 'PICTURE_UNREADABLE'],
    ['of text', async () => Buffer.from('hello'), 'PICTURE_UNREADABLE'],
    ['larger in a header than in bytes', async () => hugePng(), 'PICTURE_UNREADABLE'],
  ])('is refused to a file %s', async (_title, make, code) => {
    await writeFile(join(root, 'bad'), await make());
    expect(await render(file('bad'))).toEqual({ ok: false, code, message: expect.any(String) });
  });

  it('is refused to a file outside the root, and to none', async () => {
    expect(await render(file('../x.png'))).toMatchObject({ ok: false, code: 'PATH_OUTSIDE_ROOT' });
    expect(await render(file('none.png'))).toMatchObject({ ok: false, code: 'FILE_NOT_FOUND_ON_DISK' });
  });

  it('of a photo that is cut off shows what there is, where that is tolerated', async () => {
    const photo = await sharp(red(800, 600)).jpeg().toBuffer();
    await writeFile(join(root, 'cut.jpg'), photo.subarray(0, photo.length - 200));
    expect(await render(file('cut.jpg', false))).toMatchObject({ ok: false });
    expect(await render(file('cut.jpg', true))).toMatchObject({ ok: true });
  });

  it('is the cover of a song, of which there may be none', async () => {
    const cover = (relativePath: string): PictureSource => ({ kind: 'cover', rootPath: root, relativePath });
    await writeFile(join(root, 'song.mp3'), embedCover(await plainPicture('red', { width: 500, height: 500 })));
    expect(await sharp(await renderFully(cover('song.mp3'))).metadata()).toMatchObject({ width: 320, height: 320 });
    await copyFile(new URL('../../../fixtures/probe/tone.flac', import.meta.url), join(root, 'tone.flac'));
    expect(await render(cover('tone.flac'))).toMatchObject({ ok: false, code: 'NO_COVER' });
    await writeFile(join(root, 'empty.mp3'), '');
    expect(await render(cover('empty.mp3'))).toMatchObject({ ok: false, code: 'NO_COVER' });
  });

  it('comes out of the worker pool as it went in', async () => {
    const pool = createWorkerPool();
    try {
      await copyFileTo('a.png');
      for (const source of [file('a.png'), { kind: 'bytes', bytes: await plainPicture('red') } as const]) {
        const result = await pool.run('renderPicture', { source, ...limits });
        if (!result.ok) throw new Error(result.message);
        // A process gives them as a Buffer, which is a Uint8Array of another class.
        expect(new Uint8Array(result.bytes)).toEqual(new Uint8Array(await renderFully(source)));
      }
      expect(await pool.run('renderPicture', { source: file('none'), ...limits })).toMatchObject({ ok: false });
    } finally {
      await pool.close();
    }
  });

  it('leaves nothing behind: three hundred take no more memory than thirty', async () => {
    await sharp(red(1000, 1000)).jpeg().toFile(join(root, 'large.jpg'));
    const before = await renderMany(30);
    const after = await renderMany(300);
    expect((after - before) / 2 ** 20).toBeLessThan(64);
  });
});

async function renderMany(count: number): Promise<number> {
  for (let index = 0; index < count; index += 1) await renderFully(file('large.jpg'));
  return process.memoryUsage().rss;
}

function red(width = 60, height = 40) {
  return { create: { width, height, channels: 3 as const, background: '#dc1414' } };
}

async function copyFileTo(name: string): Promise<void> {
  await writeFile(join(root, name), await plainPicture('red', { format: 'png' }));
}

/** 60 000 by 60 000 pixels in a hundred bytes. */
async function hugePng(): Promise<Buffer> {
  const png = await plainPicture('red', { format: 'png' });
  png.writeUInt32BE(60_000, 16);
  png.writeUInt32BE(60_000, 20);
  return png;
}
