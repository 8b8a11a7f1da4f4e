import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { sharp } from '../../../../src/base/pictures/sharp.ts';
import { rankPictures } from '../../../../src/library/delivery/posters/rank-pictures.ts';
import { readCover } from '../../../../src/library/delivery/posters/read-cover.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

let front: Buffer;
let back: Buffer;
let sound: Buffer;
let flac: Buffer;
let film: Buffer;

const draw = (colour: string) =>
  sharp({ create: { width: 60, height: 60, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
const fixture = (name: string) => readFile(fileURLToPath(new URL(`../../../fixtures/probe/${name}`, import.meta.url)));

beforeAll(async () => {
  [front, back] = await Promise.all([draw('green'), draw('red')]);
  [sound, flac, film] = await Promise.all([fixture('tone.mp3'), fixture('tone.flac'), fixture('two-languages.mkv')]);
});

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const uint32le = (value: number) => uint32(value).swap32();
const text = (value: string) => Buffer.from(value, 'latin1');

/** The ID3v2 tag with a back and a front cover, or an icon. */
function id3Tag(version: 2 | 3 | 4, pictures: readonly [type: number, picture: Buffer][]): Buffer {
  const frames = pictures.map(([type, picture]) => {
    const body = Buffer.concat([text(version === 2 ? '\0JPG' : '\0image/jpeg\0'), Buffer.from([type, 0]), picture]);
    const size = version === 4 ? synchsafe(body.length) : uint32(body.length);
    return version === 2
      ? Buffer.concat([text('PIC'), size.subarray(1), body])
      : Buffer.concat([text('APIC'), size, text('\0\0'), body]);
  });
  const all = Buffer.concat(frames);
  return Buffer.concat([text('ID3'), Buffer.from([version, 0, 0]), synchsafe(all.length), all]);
}

const synchsafe = (size: number) => Buffer.from([21, 14, 7, 0].map((shift) => (size >> shift) & 0x7f));

function apeTag(pictures: readonly [key: string, picture: Buffer][]): Buffer {
  const items = Buffer.concat(
    pictures.map(([key, picture]) => {
      const value = Buffer.concat([text('x.jpg\0'), picture]);
      return Buffer.concat([uint32le(value.length), uint32le(2), text(`${key}\0`), value]);
    }),
  );
  const edge = (flags: number) =>
    Buffer.concat([
      text('APETAGEX'),
      ...[2000, items.length + 32, pictures.length, flags].map(uint32le),
      Buffer.alloc(8),
    ]);
  return Buffer.concat([edge(0xa0000000), items, edge(0x80000000)]);
}

function flacPicture(type: number, picture: Buffer): Buffer {
  const mime = text('image/jpeg');
  const facts = [0, 60, 60, 24, 0].map(uint32);
  return Buffer.concat([uint32(type), uint32(mime.length), mime, ...facts, uint32(picture.length), picture]);
}

/** The fixture's sound behind picture blocks (type 6). */
function flacWith(pictures: readonly [type: number, picture: Buffer][]): Buffer {
  const blocks = pictures.map(([type, picture]) => {
    const block = flacPicture(type, picture);
    return Buffer.concat([Buffer.from([6]), uint32(block.length).subarray(1), block]);
  });
  return Buffer.concat([flac.subarray(0, 42), ...blocks, flac.subarray(42)]);
}

function wav(tag: Buffer, name: string): Buffer {
  const format = Buffer.concat([
    Buffer.from([1, 0, 1, 0]),
    uint32le(8000),
    uint32le(16_000),
    Buffer.from([2, 0, 16, 0]),
  ]);
  const chunk = (id: string, body: Buffer) =>
    Buffer.concat([text(id), uint32le(body.length), body, Buffer.alloc(body.length % 2)]);
  const chunks = [chunk('fmt ', format), chunk('data', Buffer.alloc(2_000_000)), chunk(name, tag)];
  return chunk('RIFF', Buffer.concat([text('WAVE'), ...chunks]));
}

function dsf(tag: Buffer): Buffer {
  const uint64le = (value: number) => Buffer.concat([uint32le(value), uint32le(0)]);
  const format = [1, 0, 2, 2, 2_822_400, 1].map(uint32le);
  const fmt = Buffer.concat([text('fmt '), uint64le(52), ...format, uint64le(32_768), ...[4096, 0].map(uint32le)]);
  const data = Buffer.concat([text('data'), uint64le(12 + 8192), Buffer.alloc(8192)]);
  const tagAt = 28 + fmt.length + data.length;
  return Buffer.concat([text('DSD '), ...[28, tagAt + tag.length, tagAt].map(uint64le), fmt, data, tag]);
}

/** Vorbis comments in Ogg, in the second packet of a stream of Opus. */
function opus(comments: readonly string[]): Buffer {
  const head = Buffer.concat([text('OpusHead'), Buffer.from([1, 1, 0, 0]), uint32le(48_000), Buffer.alloc(3)]);
  const list = comments.map((comment) => Buffer.concat([uint32le(comment.length), text(comment)]));
  const tags = Buffer.concat([text('OpusTags'), uint32le(1), text('x'), uint32le(comments.length), ...list]);
  const page = (packet: Buffer, number: number, flags: number) => {
    const lacing = Buffer.concat([
      Buffer.alloc(Math.floor(packet.length / 255), 255),
      Buffer.from([packet.length % 255]),
    ]);
    const header = Buffer.concat([
      text('OggS\0'),
      Buffer.from([flags]),
      ...[0, 0, 1, number, 0].map(uint32le),
      Buffer.from([lacing.length]),
    ]);
    return Buffer.concat([header, lacing, packet]);
  };
  return Buffer.concat([page(head, 0, 2), page(tags, 1, 0), page(Buffer.from([0xf8, 0xff, 0xfe]), 2, 4)]);
}

const comment = (type: number, picture: Buffer) =>
  `METADATA_BLOCK_PICTURE=${flacPicture(type, picture).toString('base64')}`;

/** An element of EBML with a size of eight bytes. */
const element = (id: string, body: Buffer) =>
  Buffer.concat([Buffer.from(id, 'hex'), Buffer.from([1, 0, 0, 0]), uint32(body.length), body]);

function matroska(files: readonly [name: string, picture: Buffer][]): Buffer {
  const attachments = files.map(([name, picture]) =>
    element(
      '61a7',
      Buffer.concat([
        element('466e', text(name)),
        element('4660', text('image/jpeg')),
        element('46ae', uint32(7)),
        element('465c', picture),
      ]),
    ),
  );
  const header = element('1a45dfa3', Buffer.concat([element('4282', text('matroska'))]));
  return Buffer.concat([header, element('18538067', element('1941a469', Buffer.concat(attachments)))]);
}

function mp4(pictures: readonly Buffer[]): Buffer {
  const box = (name: string, ...bodies: Buffer[]) => {
    const body = Buffer.concat(bodies);
    return Buffer.concat([uint32(body.length + 8), text(name), body]);
  };
  const data = pictures.map((picture) => box('data', uint32(13), uint32(0), picture));
  const meta = box('meta', uint32(0), box('ilst', box('covr', ...data)));
  return Buffer.concat([box('ftyp', text('M4A \0\0\0\0M4A ')), box('moov', box('udta', meta))]);
}

const twoPictures = (): [number, Buffer][] => [
  [4, back],
  [3, front],
];

it.each<[string, () => Buffer]>([
  ['ID3v2.2', () => Buffer.concat([id3Tag(2, twoPictures()), sound])],
  ['ID3v2.3', () => Buffer.concat([id3Tag(3, twoPictures()), sound])],
  ['ID3v2.4', () => Buffer.concat([id3Tag(4, [[1, back], ...twoPictures()]), sound])],
  [
    'APEv2',
    () =>
      Buffer.concat([
        sound,
        apeTag([
          ['Cover Art (Back)', back],
          ['Cover Art (Front)', front],
        ]),
      ]),
  ],
  [
    'APEv2 before ID3v1',
    () => Buffer.concat([sound, apeTag([['Cover Art (Front)', front]]), text('TAG'), Buffer.alloc(125)]),
  ],
  ['a second APEv2', () => Buffer.concat([sound, apeTag([['Cover Art (Front)', front]]), apeTag([])])],
  ['APEv2 in front', () => Buffer.concat([apeTag([['Cover Art (Front)', front]]), sound])],
  ['FLAC', () => flacWith(twoPictures())],
  ['Opus', () => opus([comment(4, back), comment(3, front)])],
  ['WAV', () => wav(id3Tag(3, twoPictures()), 'id3 ')],
  ['WAV, in capitals', () => wav(id3Tag(3, twoPictures()), 'ID3 ')],
  ['DSF', () => dsf(id3Tag(3, twoPictures()))],
  ['MP4', () => mp4([front, back])],
  [
    'Matroska',
    () =>
      matroska([
        ['screenshot.jpg', back],
        ['small_cover.jpg', back],
        ['cover.jpg', front],
      ]),
  ],
  [
    'a declared front cover that is no picture',
    () =>
      flacWith([
        [3, text('https://example.org/cover.jpg')],
        [0, front],
      ]),
  ],
])('the front cover is read of %s', async (_, bytes) => {
  const rootPath = await temporaryFolder();
  await writeFile(join(rootPath, 'a'), bytes());
  expect((await readCover({ rootPath, relativePath: 'a' })).equals(front)).toBe(true);
});

it.each<[string, () => Buffer]>([
  ['has none', () => sound],
  ['is a film without attachments', () => film],
  [
    'claims a picture of gigabytes',
    () =>
      Buffer.concat([
        text('ID3'),
        Buffer.from([3, 0, 0, 0x7f, 0x7f, 0x7f, 0x7f]),
        text('APIC\x7f\xff\xff\xff\0\0'),
        sound,
      ]),
  ],
  [
    'claims an APEv2 tag of gigabytes',
    () => Buffer.concat([sound, text('APETAGEX'), ...[2000, 0xfffffff0, 9, 0].map(uint32le), Buffer.alloc(8)]),
  ],
  ['is a text', () => text('ID3 is not the beginning of this.')],
])('there is none where the file %s', async (_, bytes) => {
  const rootPath = await temporaryFolder();
  await writeFile(join(rootPath, 'a.mp3'), bytes());
  await expect(readCover({ rootPath, relativePath: 'a.mp3' })).rejects.toMatchObject({ code: 'NO_COVER' });
});

it('what is declared orders the pictures, and equals keep their order', () => {
  const declared = [
    "32x32 pixels 'file icon' (PNG only)",
    'Cover (back)',
    'Leaflet page',
    '',
    'Other',
    'folder.jpg',
    'Cover (front)',
    'cover.png',
  ];
  expect(rankPictures(declared.map((shows) => ({ shows }))).map(({ shows }) => shows)).toEqual([
    'Cover (front)',
    'cover.png',
    'folder.jpg',
    '',
    'Other',
    'Leaflet page',
    'Cover (back)',
    "32x32 pixels 'file icon' (PNG only)",
  ]);
});
