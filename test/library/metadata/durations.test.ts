import { closeSync, fstatSync, openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { countFrames } from '../../../src/library/metadata/durations/count-frames.ts';
import { findMatroskaDuration } from '../../../src/library/metadata/durations/matroska-duration.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { probeOne } from './probe-one.ts';

const kilobits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const secondsOfFrame = 1152 / 44_100;

/** Silent frames of MPEG-1 layer III, 44.1 kHz, stereo, without any header of their number. */
function mp3Frames(rate: number, count: number): Buffer {
  const frame = Buffer.alloc(Math.floor((144 * rate * 1000) / 44_100));
  frame.set([0xff, 0xfb, kilobits.indexOf(rate) << 4, 0x04]);
  return Buffer.concat(Array.from({ length: count }, () => frame));
}

function adtsFrames(count: number): Buffer {
  const frames = Array.from({ length: count }, (_, index) => {
    const length = 100 + (index % 50);
    const frame = Buffer.alloc(length, 0x21);
    frame.set([0xff, 0xf1, 0x50, 0x80 | (length >> 11), (length >> 3) & 0xff, ((length & 7) << 5) | 0x1f, 0xfc]);
    return frame;
  });
  return Buffer.concat(frames);
}

const id3Tag = (bytes: number) =>
  Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, bytes >> 7, bytes & 0x7f]), Buffer.alloc(bytes)]);

function apeTag(valueBytes: number): Buffer {
  const item = Buffer.concat([Buffer.alloc(8), Buffer.from('Cover Art (Front)\0x\0'), Buffer.alloc(valueBytes, 0xaa)]);
  item.writeUInt32LE(valueBytes + 2, 0);
  item.writeUInt32LE(2, 4);
  const end = (flags: number) => {
    const bytes = Buffer.alloc(32);
    bytes.write('APETAGEX');
    [2000, item.length + 32, 1, flags].forEach((value, index) => bytes.writeUInt32LE(value, 8 + index * 4));
    return bytes;
  };
  return Buffer.concat([end(0xa0000000), item, end(0x80000000)]);
}

/** An element of EBML with a size of one byte, a block of a track, and a cluster of open size. */
const matroskaBlock = (time: number) => Buffer.from([0x81, time >> 8, time & 0xff, 0x80, 1, 2, 3]);
const element = (id: number, body: Buffer) => Buffer.concat([Buffer.from([id, 0x80 | body.length]), body]);
const cluster = (at: number) =>
  Buffer.concat([Buffer.from('1f43b67501ffffffffffffff', 'hex'), element(0xe7, Buffer.from([at >> 8, at & 0xff]))]);

const quietThenLoud = Buffer.concat([mp3Frames(32, 2_000), mp3Frames(128, 1_000)]);
const fixture = (name: string) => readFile(fileURLToPath(new URL(`../../fixtures/probe/${name}`, import.meta.url)));

/** The FLAC of one second as it is written into a pipe: the number of its samples is left open. */
async function pipedFlac(): Promise<Buffer> {
  const bytes = await fixture('tone.flac');
  bytes.writeUInt8(bytes[21]! & 0xf0, 21);
  bytes.writeUInt32BE(0, 22);
  return bytes;
}

async function probe(name: string, bytes: Buffer) {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, bytes);
  const probed = await probeOne(path, 'AUDIO');
  if (!probed.ok) throw new Error(probed.note);
  return probed;
}

it.each<[string, () => Buffer | Promise<Buffer>, number]>([
  ['changing.mp3', () => quietThenLoud, 3_000 * secondsOfFrame],
  ['tagged.mp3', () => Buffer.concat([id3Tag(500), id3Tag(90), quietThenLoud]), 3_000 * secondsOfFrame],
  ['between.mp3', () => Buffer.concat([quietThenLoud, Buffer.alloc(5_000), quietThenLoud]), 6_000 * secondsOfFrame],
  ['large-tag.mp3', () => Buffer.concat([mp3Frames(64, 1_000), apeTag(300_000)]), 1_000 * secondsOfFrame],
  ['small-tag.mp3', () => Buffer.concat([mp3Frames(64, 1_000), apeTag(8_000)]), 1_000 * secondsOfFrame],
  ['a.aac', () => adtsFrames(900), (900 * 1024) / 44_100],
  ['piped.flac', pipedFlac, 1],
])('the frames of %s are counted', async (name, bytes, seconds) => {
  const { durationSeconds, technical } = await probe(name, await bytes());
  expect(durationSeconds).toBeCloseTo(seconds, 1);
  expect(technical).toMatchObject({ durationBasis: 'counted', notes: [] });
});

it.each([0, 128])('a file of one bit rate needs no counting, with an ID3v1 tag of %i bytes', async (tagBytes) => {
  const tag = Buffer.alloc(tagBytes);
  tag.write('TAG');
  const { durationSeconds, technical } = await probe('a.mp3', Buffer.concat([mp3Frames(128, 500), tag]));
  expect(durationSeconds).toBeCloseTo(500 * secondsOfFrame, 1);
  expect(technical).not.toHaveProperty('durationBasis');
});

it('what is beyond the limits is estimated', async () => {
  const path = join(await temporaryFolder(), 'a.mp3');
  await writeFile(path, mp3Frames(128, 4_000));
  const fd = openSync(path, 'r');
  try {
    const file = { fd, sizeBytes: fstatSync(fd).size };
    const found = countFrames(file, { maxBytes: 50_000, maxMs: Infinity });
    expect(found).toEqual({ seconds: expect.closeTo(4_000 * secondsOfFrame, 3), basis: 'estimated' });
    expect(countFrames(file, { maxBytes: Infinity, maxMs: 0 })).toMatchObject({ basis: 'estimated' });
    expect(countFrames(file)).toMatchObject({ basis: 'counted' });
  } finally {
    closeSync(fd);
  }
});

it.each([
  [
    'the time of its last block',
    [
      [0xa3, 100],
      [0xa3, 960],
    ],
    5.96,
  ],
  [
    'that of a block in a group',
    [
      [0xa3, 40],
      [0xa0, 900],
    ],
    5.9,
  ],
  ['that of its last cluster, without blocks', [], 5],
])('a WebM that was written into a pipe is as long as %s', async (_, blocks, seconds) => {
  const elements = blocks.map(([id = 0, time = 0]) =>
    element(id, id === 0xa0 ? element(0xa1, matroskaBlock(time)) : matroskaBlock(time)),
  );
  const path = join(await temporaryFolder(), 'a.webm');
  await writeFile(path, Buffer.concat([Buffer.from('1a45dfa3', 'hex'), cluster(0), cluster(5_000), ...elements]));
  const fd = openSync(path, 'r');
  try {
    expect(findMatroskaDuration({ fd, sizeBytes: fstatSync(fd).size })).toEqual({ seconds, basis: 'counted' });
  } finally {
    closeSync(fd);
  }
});

it('a FLAC without any whole frame has a note instead', async () => {
  const whole = await pipedFlac();
  const { durationSeconds, technical } = await probe(
    'cut.flac',
    whole.subarray(0, whole.indexOf('\xff\xf8', 'latin1')),
  );
  expect([durationSeconds, technical.notes]).toEqual([
    null,
    [expect.stringMatching(/^The headers do not say how long/)],
  ]);
});
