import { closeSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createMediaInfoParser } from '../../../../src/library/metadata/media-info-parser.ts';
import { openMediaFile } from '../../../../src/library/metadata/open-media-file.ts';
import { probeFile } from '../../../../src/library/metadata/probe-file.ts';
import { describeStream, probeStream } from '../../../../src/library/metadata/probe-stream.ts';
import { readSoundTracks } from '../../../../src/library/metadata/sound/sound-tracks.ts';
import { probeFixtures } from '../probe-one.ts';

const folder = mkdtempSync(join(tmpdir(), 'sound-'));
const parser = createMediaInfoParser();

afterAll(() => rmSync(folder, { recursive: true }));

const fixture = (name: string) => readFileSync(join(probeFixtures, name));

async function withFile<T>(name: string, bytes: Uint8Array, use: (file: ReturnType<typeof openMediaFile>) => T) {
  writeFileSync(join(folder, name), bytes);
  const file = openMediaFile(name, folder);
  try {
    return await use(file);
  } finally {
    closeSync(file.fd);
  }
}

const [mp3, flac, ogg] = [fixture('tone.mp3'), fixture('tone.flac'), fixture('tone.ogg')];
const mp3Start = 20;

it.each<[string, Uint8Array]>([
  ['tone.mp3', mp3],
  ['tone.flac', flac],
  ['tone.ogg', ogg],
  ['of a changing rate.mp3', replaced(mp3, 'Info', 'Xing')],
  ['of LAME.mp3', replaced(mp3, 'Lavf lame\0', 'LAME3.100\u0001')],
  ['of a changing rate by LAME.mp3', replaced(replaced(mp3, 'Info', 'Xing'), 'Lavf lame\0', 'LAME3.100\u0004')],
  ['without tags.mp3', mp3.subarray(mp3Start)],
  ['with a title at its end.mp3', Buffer.concat([mp3, Buffer.from('TAG'.padEnd(128, ' '))])],
  ['opus.ogg', opus({ granule: 48_312 })],
])('reads %s as MediaInfo does', async (name, bytes) => {
  const options = { filename: name, isMusic: true };
  await withFile(name, bytes, async (file) => {
    const tracks = readSoundTracks(file);
    expect(tracks).not.toBeNull();
    expect(describeStream(tracks!, file, options)).toEqual(await probeStream(file, parser, options));
  });
});

it.each<[string, Uint8Array]>([
  ['an MP3 that was cut off', mp3.subarray(0, -100)],
  ['an MP3 with other tags behind it', Buffer.concat([mp3, Buffer.from('APETAGEX'.padEnd(160, '\0'))])],
  ['an MP3 that does not say its length', replaced(mp3, 'Info', 'Xxxx')],
  ['an MP3 of another encoder', replaced(mp3, 'Lavf lame', 'GOGO lame')],
  ['a FLAC that does not say its length', withoutLength(flac)],
  ['a FLAC whose blocks have no end', replaced(flac.subarray(0, 64), '\x84', '\x04')],
  ['an Ogg that was cut off', ogg.subarray(0, -10)],
  ['an Ogg of two streams', Buffer.concat([opus({ granule: 48_312 }).subarray(0, 47), ogg])],
  ['a film', fixture('upright.mp4')],
  ['nothing', new Uint8Array(1)],
])('leaves %s to MediaInfo', async (_, bytes) => {
  expect(await withFile('left', bytes, readSoundTracks)).toBeNull();
});

it('keeps the language that a tag has', async () => {
  const comment = Buffer.from('LANGUAGE=eng');
  const body = Buffer.concat([uint32(0), uint32(1), uint32(comment.length), comment]);
  const head = Buffer.from([0x04, 0, 0, body.length]);
  const tagged = Buffer.concat([flac.subarray(0, 42), head, body, flac.subarray(42)]);
  const options = { filename: 'tagged.flac', mediaType: 'AUDIO', parser, maxPixels: Infinity } as const;
  const probed = await withFile('tagged.flac', tagged, (file) => probeFile(file, options));
  expect(probed.technical).toMatchObject({ audio: [{ codec: 'FLAC', language: 'en' }] });
});

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');
}

/** The number of samples stands in 36 bits behind the depth of a sample. */
function withoutLength(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[21] = copy[21]! & 0xf0;
  copy.writeUInt32BE(0, 22);
  return copy;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** An Ogg of Opus with silence in one packet. */
function opus({ granule }: { granule: number }): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead');
  head.writeUInt8(1, 8);
  head.writeUInt8(2, 9);
  head.writeUInt16LE(312, 10);
  head.writeUInt32LE(44_100, 12);
  const tags = Buffer.concat([Buffer.from('OpusTags'), uint32(0), uint32(0)]);
  const packets = [head, tags, Buffer.from([0xfc, 0xff, 0xfe])];
  return Buffer.concat(
    packets.map((packet, index) => {
      const page = Buffer.alloc(28);
      page.write('OggS');
      page.writeUInt8([2, 0, 4][index]!, 5);
      page.writeBigInt64LE(BigInt(index === 2 ? granule : 0), 6);
      page.writeUInt32LE(7, 14);
      page.writeUInt32LE(index, 18);
      page.writeUInt8(1, 26);
      page.writeUInt8(packet.length, 27);
      return Buffer.concat([page, packet]);
    }),
  );
}
