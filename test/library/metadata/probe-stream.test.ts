import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probeFixtures, probeOne } from './probe-one.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-stream-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const fixture = (name: string) => join(probeFixtures, name);

describe('a film or a sound', () => {
  it('has its size, duration and codecs', async () => {
    expect(await probeOne('upright.mp4', 'VIDEO')).toEqual({
      id: 7,
      ok: true,
      width: 320,
      height: 180,
      durationSeconds: 2,
      technical: {
        kind: 'stream',
        container: 'MPEG-4',
        bitRate: 112_280,
        video: [
          {
            codec: 'AVC',
            profile: 'Constrained Baseline',
            width: 320,
            height: 180,
            rotation: 0,
            frameRate: 25,
            bitRate: 77_624,
            bitDepth: 8,
            language: null,
          },
        ],
        audio: [{ codec: 'AAC', profile: null, channels: 1, samplingRate: 44_100, bitRate: 23_748, language: null }],
        subtitles: [],
        notes: [],
      },
    });
  });

  it('has the size at which it is shown, turned and in square pixels', async () => {
    expect(await probeOne('rotated-90.mp4', 'VIDEO')).toMatchObject({
      width: 180,
      height: 320,
      technical: { video: [{ width: 320, height: 180, rotation: 90 }] },
    });
    expect(await probeOne('anamorphic.mp4', 'VIDEO')).toMatchObject({ width: 384, height: 288 });
  });

  it('has the languages of its tracks', async () => {
    expect(await probeOne('two-languages.mkv', 'VIDEO')).toMatchObject({
      technical: { container: 'Matroska', audio: [{ codec: 'Opus', language: 'en' }, { language: 'de' }] },
    });
  });

  it.each([
    ['tone.flac', 'FLAC', 1],
    ['tone.mp3', 'MPEG Audio', 1],
    ['tone.ogg', 'Vorbis', 1],
  ])('of sound alone has no size: %s', async (name, codec, seconds) => {
    const result = await probeOne(name, 'AUDIO');
    expect(result).toMatchObject({
      ok: true,
      width: null,
      height: null,
      technical: { video: [], audio: [{ codec, channels: 2 }] },
    });
    expect(result.ok && result.durationSeconds).toBeCloseTo(seconds, 1);
  });

  it('is read to its index at the end without the gigabytes between', async () => {
    const path = join(folder, 'long.mp4');
    writeWithDistantIndex(path, 3 * 1024 ** 3);
    expect(await probeOne(path, 'VIDEO')).toMatchObject({
      width: 320,
      height: 180,
      durationSeconds: 2,
      technical: { notes: [] },
    });
  });

  it('without its index is a note', async () => {
    expect(await probeOne('truncated.mp4', 'VIDEO')).toEqual({
      id: 7,
      ok: false,
      code: 'UNREADABLE_MEDIA',
      note: 'No film, sound or picture was found in the file: it is damaged, cut off, or no media.',
    });
  });

  it('that is cut off behind its index keeps its facts and gets a note', async () => {
    const path = join(folder, 'cut.mp4');
    writeFileSync(path, readFileSync(fixture('upright.mp4')).subarray(0, 16_000));
    expect(await probeOne(path, 'VIDEO')).toMatchObject({
      durationSeconds: 2,
      technical: { notes: ['The file ends before the end that its headers tell of.'] },
    });
  });
});

/** The boxes of the upright film in another order, with a hole of `gapBytes` where the samples stand. */
function writeWithDistantIndex(path: string, gapBytes: number): void {
  const film = readFileSync(fixture('upright.mp4'));
  const moov = film.indexOf('moov') - 4;
  const index = film.subarray(moov, moov + film.readUInt32BE(moov));
  // ISO/IEC 14496-12, 4.2: size 1 announces a size of 64 bits behind the type.
  const mdat = Buffer.alloc(16);
  mdat.writeUInt32BE(1, 0);
  mdat.write('mdat', 4);
  mdat.writeBigUInt64BE(BigInt(16 + gapBytes), 8);
  const head = Buffer.concat([film.subarray(0, film.readUInt32BE(0)), mdat]);
  const fd = openSync(path, 'w');
  writeSync(fd, head);
  ftruncateSync(fd, head.length + gapBytes);
  writeSync(fd, index, 0, index.length, head.length + gapBytes);
  closeSync(fd);
}
