import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseFrame } from '../../../src/base/films/choose-frame.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { filmFixture, nameOf, pixelAt, withFilm } from './film-fixture.ts';

const hasProgram = spawnSync('ffmpeg', ['-version']).status === 0;

describe('a frame of a film', () => {
  it.each([
    ['H.264', 'films/halves.mp4', [128, 96, 3]],
    ['AV1', 'films/av1.mkv', [128, 96, 3]],
    ['Motion JPEG', 'films/halves.avi', [128, 96, 3]],
    ['Windows Media', 'films/halves.wmv', [128, 96, 3]],
    ['Flash', 'films/halves.flv', [128, 96, 3]],
    ['an odd size and full chroma', 'films/odd.mkv', [127, 95, 3]],
    ['two fields, and pixels that are not square', 'films/interlaced.mpg', [768, 576, 3]],
    ['a dark beginning', 'films/dark-beginning.mp4', [128, 96, 3]],
    ['one key frame, which is dark', 'films/one-dark-key-frame.mp4', [128, 96, 3]],
  ])('shows what there is: %s', async (_title, name, shape) => {
    const frame = await decode(name);
    expect(frame && [frame.width, frame.height, frame.channels]).toEqual(shape);
    expect(frame && [pixelAt(frame, 0.25, 0.5), pixelAt(frame, 0.75, 0.5)].map(nameOf)).toEqual(['red', 'blue']);
  });

  it('maps a high dynamic range to that of screens', async () => {
    // Grey of a quarter and of more than half of the code values: 5 and 230 candela a square metre, of 203 for white paper.
    const pq = await decode('films/hdr-pq.mp4');
    expect(pq && [pixelAt(pq, 0.25, 0.5), pixelAt(pq, 0.75, 0.5)]).toEqual([nearly(45), nearly(215)]);
    const hlg = await decode('films/hdr-hlg.mkv');
    expect(hlg && [pixelAt(hlg, 0.25, 0.5), pixelAt(hlg, 0.75, 0.5)]).toEqual([nearly(62), nearly(215)]);
  });

  it('is upright, has square pixels and keeps transparency', async () => {
    expect(await decode('probe/rotated-90.mp4')).toMatchObject({ width: 180, height: 320 });
    expect(await decode('probe/anamorphic.mp4')).toMatchObject({ width: 384, height: 288 });
    const transparent = await decode('films/transparent.mov');
    expect(transparent && [pixelAt(transparent, 0.2, 0.5), pixelAt(transparent, 0.8, 0.5)].map((p) => p[3])).toEqual([
      255, 0,
    ]);
  });

  it('is no larger than asked for', async () => {
    expect(await decode('films/interlaced.mpg', { longestSide: 320 })).toMatchObject({ width: 320, height: 240 });
  });

  it('is black where the film is', async () => {
    const frame = await decode('films/black.mp4');
    expect(frame && nameOf(pixelAt(frame, 0.5, 0.5))).toBe('black');
  });

  it.each([1, 0x7fff_ffff, 0xffff_fff0])('does not depend on what the film says of its length: %d', async (units) => {
    const film = readFileSync(filmFixture('films/halves.mp4'));
    // The length of the track stands behind the version, two dates and the units of a second (ISO/IEC 14496-12, 8.4.2).
    film.writeUInt32BE(units, film.indexOf('mdhd') + 20);
    const path = join(await temporaryFolder(), 'film.mp4');
    writeFileSync(path, film);
    const frame = await withFilm(path, async (opened) => chooseFrame(opened));
    expect(frame && nameOf(pixelAt(frame, 0.25, 0.5))).toBe('red');
  });

  it.each([
    ['sound alone', 'probe/tone.mp3'],
    ['a cover alone', 'probe/tone.flac'],
    ['a film without its index', 'probe/truncated.mp4'],
    ['a photo', 'probe/orientation-6.jpg'],
    ['an archive of pixels', 'README.md'],
  ])('is refused for %s', async (_title, name) => {
    await expect(decode(name)).rejects.toMatchObject({ code: 'UNREADABLE_FILM' });
  });

  it('is not decoded with more pixels than the limit', async () => {
    await expect(decode('films/halves.mp4', { maxPixels: 128 * 96 - 1 })).rejects.toThrow(/128 x 96 pixels/);
  });

  it('is never found through other files that it names', async () => {
    const folder = await temporaryFolder();
    const film = filmFixture('films/halves.avi');
    for (const [name, text] of [
      ['list.mp4', `ffconcat version 1.0\nfile ${film}\n`],
      ['playlist.mp4', `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${film}\n#EXT-X-ENDLIST\n`],
      ['session.mp4', 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 26\n'],
    ] as const) {
      writeFileSync(join(folder, name), text);
      const opened = withFilm(join(folder, name), async (opened) => chooseFrame(opened));
      await expect(opened).rejects.toMatchObject({ code: 'UNREADABLE_FILM' });
    }
  });
});

describe("npm's FFmpeg", () => {
  it('stops within the headers, too, when its time is over', async () => {
    await expect(decode('films/halves.mp4', { deadline: performance.now() - 1 })).rejects.toThrow(/takes too long/);
  });

  it('reads no more bytes than the limit, whatever the index says', async () => {
    const decode = withFilm(filmFixture('films/noise.avi'), async (film) => chooseFrame(film), { maxBytes: 4096 });
    await expect(decode).rejects.toThrow(/within 4096 bytes/);
  });

  it('gives the same answer for every damaged file, and goes on', async () => {
    const folder = await temporaryFolder();
    for (const name of ['halves.mp4', 'av1.mkv', 'interlaced.mpg', 'halves.wmv', 'halves.flv', 'halves.avi']) {
      const whole = readFileSync(filmFixture(`films/${name}`));
      for (let seed = 1; seed <= 40; seed += 1) {
        const broken = Buffer.from(whole.subarray(0, seed % 4 === 0 ? (whole.length * seed) / 41 : whole.length));
        for (let hit = 0; hit < 12; hit += 1)
          broken[(seed * 7919 + hit * 104_729) % broken.length] = (seed * 31 + hit * 57) % 256;
        writeFileSync(join(folder, name), broken);
        const answer = await withFilm(join(folder, name), async (film) => chooseFrame(film)).then(
          (frame) => (frame === null ? 'none' : 'a frame'),
          (error: { code?: string }) => error.code,
        );
        expect(['none', 'a frame', 'UNREADABLE_FILM']).toContain(answer);
      }
    }
  });
});

describe('a program that is set', () => {
  it
    .skipIf(!hasProgram)
    .each(['halves.mp4', 'hdr-pq.mp4', 'interlaced.mpg', 'transparent.mov', '../probe/rotated-90.mp4'])(
    "shows the same as npm's FFmpeg: %s",
    async (name) => {
      const path = filmFixture(`films/${name}`);
      const [frame, other] = [
        await withFilm(path, async (film) => film.frame({ seconds: 0 })),
        await withFilm(path, async (film) => film.frame({ seconds: 0 }), { ffmpegPath: 'ffmpeg' }),
      ];
      const shapeOf = (film: typeof frame) => film && [film.width, film.height, film.channels];
      expect(shapeOf(other)).toEqual(shapeOf(frame));
      const differences = Array.from(frame?.data ?? [], (value, index) => Math.abs(value - (other?.data[index] ?? 0)));
      expect(differences.reduce((sum, difference) => sum + difference, 0) / differences.length).toBeLessThan(3);
    },
  );

  it('is reported where it cannot be started', async () => {
    const decode = withFilm(filmFixture('films/halves.mp4'), async (film) => chooseFrame(film), {
      ffmpegPath: '/nowhere/ffmpeg',
    });
    await expect(decode).rejects.toMatchObject({ code: 'NO_FILM_DECODER', message: /nowhere.*FFMPEG_PATH/ });
  });
});

const decode = (name: string, options = {}) => withFilm(filmFixture(name), async (film) => chooseFrame(film), options);

function nearly(grey: number) {
  const isNear = expect.toSatisfy((value: number) => Math.abs(value - grey) <= 6) as number;
  return [isNear, isNear, isNear];
}
