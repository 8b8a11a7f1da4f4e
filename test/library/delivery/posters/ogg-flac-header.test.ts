import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { sharp } from '../../../../src/base/pictures/sharp.ts';
import { readCover } from '../../../../src/library/delivery/posters/read-cover.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

let front: Buffer;
let back: Buffer;

const draw = (colour: string) =>
  sharp({ create: { width: 60, height: 60, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();

beforeAll(async () => {
  // With what follows it, it has more bytes than a page of Ogg holds.
  front = Buffer.concat([await draw('green'), randomBytes(150_000)]);
  back = await draw('red');
});

const numbers = (...values: number[]) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes;
};
const text = (value: string) => Buffer.from(value, 'latin1');

/** A metadata block: its type and length, and what it holds. */
function block(type: number, body: Buffer, isLast = false): Buffer {
  return Buffer.concat([Buffer.from([type + (isLast ? 0x80 : 0)]), numbers(body.length).subarray(1), body]);
}

function picture(type: number, bytes: Buffer): Buffer {
  return Buffer.concat([numbers(type, 10), text('image/jpeg'), numbers(0, 60, 60, 24, 0, bytes.length), bytes]);
}

function comments(...list: string[]): Buffer {
  const all = list.map((one) => Buffer.concat([numbers(one.length).swap32(), text(one)]));
  return Buffer.concat([numbers(1).swap32(), text('x'), numbers(list.length).swap32(), ...all]);
}

/** 8 kHz, one channel, 16 bits. */
const streamInfo = block(
  0,
  Buffer.concat([Buffer.from('1000100000000000000001f400f000003e80', 'hex'), Buffer.alloc(16)]),
);
const frame = Buffer.from('fff86408000b', 'hex');

/** The pages of one stream; a packet that is longer than a page goes on in the next one. */
function ogg(packets: readonly Buffer[], serial = 7): Buffer[] {
  const pages: Buffer[] = [];
  for (const packet of packets) {
    const lacing = [...Array.from({ length: Math.floor(packet.length / 255) }, () => 255), packet.length % 255];
    for (let at = 0; at < lacing.length; at += 255) {
      const part = lacing.slice(at, at + 255);
      const flags = (at > 0 ? 1 : 0) + (pages.length === 0 ? 2 : 0);
      const head = [0, 0, serial, pages.length, 0].map((value) => numbers(value).swap32());
      const body = packet.subarray(at * 255, at * 255 + part.reduce((sum, length) => sum + length, 0));
      pages.push(
        Buffer.concat([text('OggS\0'), Buffer.from([flags]), ...head, Buffer.from([part.length, ...part]), body]),
      );
    }
  }
  return pages;
}

function oggFlac(blocks: readonly Buffer[]): Buffer[] {
  const first = Buffer.concat([text('\x7fFLAC\x01\0'), Buffer.from([0, blocks.length]), text('fLaC'), streamInfo]);
  return ogg([first, ...blocks, frame]);
}

const tagged = () => [block(4, comments('TITLE=x')), block(6, picture(4, back)), block(6, picture(3, front), true)];

it.each<[string, () => Buffer]>([
  ['its blocks, of several pages', () => Buffer.concat(oggFlac(tagged()))],
  [
    'its comments',
    () =>
      Buffer.concat(
        oggFlac([block(4, comments(`METADATA_BLOCK_PICTURE=${picture(3, front).toString('base64')}`), true)]),
      ),
  ],
  [
    'blocks of which none is marked as the last',
    () =>
      Buffer.concat(oggFlac(tagged().map((one) => Buffer.concat([Buffer.from([one[0]! & 0x7f]), one.subarray(1)])))),
  ],
  [
    'a stream beside another one',
    () => {
      const [first, ...others] = oggFlac(tagged());
      const [begin, ...rest] = ogg([text('\x80theora'), text('\x81theora')], 8);
      return Buffer.concat([begin!, first!, ...rest, ...others]);
    },
  ],
])('the front cover of FLAC in Ogg is read of %s', async (_, bytes) => {
  const rootPath = await temporaryFolder();
  await writeFile(join(rootPath, 'a.oga'), bytes());
  expect((await readCover({ rootPath, relativePath: 'a.oga' })).equals(front)).toBe(true);
});

it('a picture before it is read of FLAC in Ogg that is cut off within the front cover', async () => {
  const rootPath = await temporaryFolder();
  await writeFile(join(rootPath, 'a.oga'), Buffer.concat(oggFlac(tagged()).slice(0, 4)));
  const cover = await readCover({ rootPath, relativePath: 'a.oga' });
  expect(cover.equals(back)).toBe(true);
});
