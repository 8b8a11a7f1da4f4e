import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeFilmDecoder } from '../../../src/base/films/describe-film-decoder.ts';
import { readFacts } from '../../../src/base/films/executable-film.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { filmFixture, pixelAt, withFilm } from './film-fixture.ts';

describe('what ffmpeg says of a film', () => {
  it('tells its length, size, range and transparency', () => {
    const text = `Input #0, mov,mp4, from 'file:/dev/fd/3':
  Duration: 01:02:03.50, start: 0.000000, bitrate: 17 kb/s
  Stream #0:0[0x1](und): Video: mjpeg (Baseline), yuvj420p(pc, bt470bg/unknown/unknown), 600x900 (attached pic)
  Stream #0:1(und): Video: hevc (Main 10) (hvc1 / 0x31637668), yuv420p10le(tv, bt2020nc/bt2020/smpte2084), 3840x2160 [SAR 1:1 DAR 16:9], 24 fps (default)
  Stream #0:2(eng): Audio: aac (LC), 48000 Hz, stereo`;
    expect(readFacts(text)).toEqual({
      durationSeconds: 3723.5,
      width: 3840,
      height: 2160,
      transfer: 'pq',
      channels: 3,
      isMatrixTold: true,
    });
    expect(readFacts('Duration: N/A\n Stream #0:0: Video: prores (ap4h), yuva444p12le, 640x360, 24 fps')).toEqual({
      durationSeconds: null,
      width: 640,
      height: 360,
      transfer: null,
      channels: 4,
      isMatrixTold: false,
    });
    expect(readFacts('Stream #0:0: Audio: mp3, 44100 Hz')).toBeNull();
  });
});

describe('a program in the place of ffmpeg', () => {
  it('is named with its version, or as none', async () => {
    expect(await describeFilmDecoder(null)).toMatch(/^npm's FFmpeg \d/);
    const path = await program('echo "ffmpeg version 5.1.9-0+deb12u1 Copyright"');
    expect(await describeFilmDecoder(path)).toBe(`the program ${path}, version 5.1.9-0+deb12u1`);
    await expect(describeFilmDecoder(await program('echo hello'))).rejects.toThrow(/is not ffmpeg\. Set FFMPEG_PATH/);
    await expect(describeFilmDecoder('/nowhere/ffmpeg')).rejects.toMatchObject({ code: 'NO_FILM_DECODER' });
  });

  it('is given the open file as 3, and its picture is taken', async () => {
    const pam = String.raw`printf 'P7\nWIDTH 2\nHEIGHT 1\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\nabcdef'`;
    const path = await program(`{ ${facts}; } >&2; case "$*" in *pam*) cat <&3 >/dev/null && ${pam};; esac`);
    const frame = await decode(path);
    expect(frame && pixelAt(frame, 0.75, 0.5)).toEqual([...Buffer.from('def')]);
  });

  it('is ended where it does not come to an end', async () => {
    const path = await program(`{ ${facts}; } >&2; case "$*" in *pam*) exec sleep 1000;; esac`);
    await expect(decode(path, performance.now() + 500)).rejects.toThrow(/takes too long/);
  });

  it('gives no picture where what it writes is none', async () => {
    expect(await decode(await program(`{ ${facts}; } >&2; echo no`))).toBeNull();
    await expect(decode(await program('exit 1'))).rejects.toMatchObject({ code: 'UNREADABLE_FILM' });
  });
});

const facts = `echo "Duration: 00:00:04.00"; echo " Stream #0:0: Video: h264, yuv420p(tv), 2x1, 5 fps"`;
const decode = (ffmpegPath: string, deadline = performance.now() + 60_000) =>
  withFilm(filmFixture('films/halves.mp4'), async (film) => film.frame({ seconds: 1 }), { ffmpegPath, deadline });

async function program(script: string): Promise<string> {
  const path = join(await temporaryFolder(), 'ffmpeg');
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}
