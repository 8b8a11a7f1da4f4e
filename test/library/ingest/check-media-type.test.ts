import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defaultIncludePatterns } from '../../../src/base/config/defaults.ts';
import type { MediaType } from '../../../src/base/config/media-config.ts';
import { checkMediaType } from '../../../src/library/ingest/check-media-type.ts';
import { createHeaderDetector } from '../../../src/library/ingest/detect-by-headers.ts';
import { probeFiles } from '../../../src/library/metadata/probe-files.task.ts';
import { probeOne } from '../metadata/probe-one.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));

const categoryOf = (mediaType: MediaType, more: object = {}) => ({
  key: 'here',
  mediaType,
  includePatterns: defaultIncludePatterns(mediaType),
  excludePatterns: [],
  ...more,
});

it.each<[string, MediaType, string, string]>([
  ['probe/upright.mp4', 'VIDEO', 'a.mp4', 'a.mp4'],
  ['probe/upright.mp4', 'VIDEO', 'a.M4V', 'a.M4V'],
  ['probe/upright.mp4', 'VIDEO', 'a.mkv', 'a.mp4'],
  ['probe/upright.mp4', 'VIDEO', 'a.jpg', 'a.mp4'],
  ['probe/upright.mp4', 'VIDEO', 'upload', 'upload.mp4'],
  ['probe/two-languages.mkv', 'VIDEO', 'a.mkv', 'a.mkv'],
  ['video/paper-planets.webm', 'VIDEO', 'a.webm', 'a.webm'],
  ['video/paper-planets.webm', 'VIDEO', 'a.mkv', 'a.webm'],
  ['probe/orientation-6.jpg', 'IMAGE', 'a.JPEG', 'a.JPEG'],
  ['probe/orientation-6.jpg', 'IMAGE', 'a.png', 'a.jpg'],
  ['probe/hevc-rotated.heic', 'IMAGE', 'a.heif', 'a.heif'],
  ['pictures/moving.png', 'IMAGE', 'a.png', 'a.png'],
  ['pictures/moving.png', 'IMAGE', 'a.apng', 'a.apng'],
  ['pictures/moving.png', 'IMAGE', 'upload', 'upload.png'],
  ['pictures/orientation-6.jxl', 'IMAGE', 'a.jxl', 'a.jxl'],
  ['pictures/offset.jp2', 'IMAGE', 'a.jp2', 'a.jp2'],
  ['pictures/offset.j2k', 'IMAGE', 'a.j2k', 'a.j2k'],
  ['pictures/offset.j2k', 'IMAGE', 'upload', 'upload.j2k'],
  ['pictures/sequence.avif', 'IMAGE', 'a.avif', 'a.avif'],
  ['pictures/sequence.heic', 'IMAGE', 'a.heic', 'a.heic'],
  ['probe/tone.mp3', 'AUDIO', 'a.mp3', 'a.mp3'],
  ['probe/tone.flac', 'AUDIO', 'a.flac', 'a.flac'],
  ['probe/tone.ogg', 'AUDIO', 'a.oga', 'a.oga'],
])('%s in a category of %s keeps or gets a true name: %s becomes %s', async (path, mediaType, sent, name) => {
  expect(await checkMediaType(fixture(path), sent, categoryOf(mediaType))).toBe(name);
});

it.each<[string, MediaType, string, string]>([
  ['probe/upright.mp4', 'IMAGE', 'a.jpg', 'video/mp4'],
  ['probe/upright.mp4', 'AUDIO', 'a.mp4', 'video/mp4'],
  ['probe/tone.mp3', 'VIDEO', 'a.mp4', 'audio/mpeg'],
  ['probe/orientation-6.jpg', 'VIDEO', 'a.mp4', 'image/jpeg'],
])('%s is refused by a category of %s, whatever it is called', async (path, mediaType, sent, detectedType) => {
  await expect(checkMediaType(fixture(path), sent, categoryOf(mediaType))).rejects.toMatchObject({
    code: 'UNSUPPORTED_MEDIA',
    detectedType,
    message: expect.stringContaining(detectedType),
  });
});

const detect = createHeaderDetector({ run: (_name, input) => probeFiles(input) });
const tag = (bytes: number) =>
  Buffer.concat([
    Buffer.from('ID3\x03\0\0\0\0', 'latin1'),
    Buffer.from([bytes >> 7, bytes & 0x7f]),
    Buffer.alloc(bytes),
  ]);
const apeTag = Buffer.concat([Buffer.from('APETAGEX'), Buffer.from([0xd0, 7, 0, 0, 32, 0, 0, 0]), Buffer.alloc(16)]);

async function judge(bytes: Buffer) {
  const path = join(await temporaryFolder(), 'a.mp3');
  await writeFile(path, bytes);
  const name = checkMediaType(path, 'a.mp3', categoryOf('AUDIO'), detect).catch(() => null);
  return { name: await name, isReadable: (await probeOne(path, 'AUDIO')).ok };
}

describe('sound without a signature of its own', () => {
  it.each<[string, (sound: Buffer) => Buffer]>([
    ['several tags', (sound) => Buffer.concat([tag(900), tag(20), tag(3_000), sound])],
    ['zeros in front', (sound) => Buffer.concat([Buffer.alloc(3_000), sound])],
    ['a tag and zeros in front', (sound) => Buffer.concat([tag(100), Buffer.alloc(2_000), sound])],
    ['other bytes in front', (sound) => Buffer.concat([Buffer.from('junk of some kind '.repeat(40)), sound])],
    ['an APEv2 tag in front', (sound) => Buffer.concat([apeTag, sound])],
    ['half a frame in front', (sound) => sound.subarray(sound.indexOf(Buffer.from([0xff, 0xfb])) + 100)],
  ])('is an MP3 with %s, for an upload as for the reader of headers', async (_, change) => {
    expect(await judge(change(await readFile(fixture('probe/tone.mp3'))))).toEqual({ name: 'a.mp3', isReadable: true });
  });

  it.each([
    ['tags alone', Buffer.concat([tag(900), tag(20)])],
    ['text', Buffer.from('no sound at all\n'.repeat(500))],
    ['nothing but zeros', Buffer.alloc(20_000)],
  ])('is no MP3 where there is %s, for either', async (_, bytes) => {
    expect(await judge(bytes)).toEqual({ name: null, isReadable: false });
  });
});

it('refuses a name that scans take for litter, unless the category wants that', async () => {
  const picture = fixture('probe/orientation-6.jpg');
  await expect(checkMediaType(picture, 'AlbumArtSmall.jpg', categoryOf('IMAGE'))).rejects.toMatchObject({
    message: expect.stringMatching(/Give it another name/),
  });
  const withLitter = categoryOf('IMAGE', { includesLitter: true });
  expect(await checkMediaType(picture, 'AlbumArtSmall.jpg', withLitter)).toBe('AlbumArtSmall.jpg');
});

it('refuses what no scan would find there', async () => {
  const onlyMkv = categoryOf('VIDEO', { includePatterns: ['**/*.mkv'] });
  await expect(checkMediaType(fixture('probe/upright.mp4'), 'a.mkv', onlyMkv)).rejects.toMatchObject({
    message: expect.stringContaining('"a.mp4"'),
  });
  const noSamples = categoryOf('VIDEO', { excludePatterns: ['**/sample*'] });
  await expect(checkMediaType(fixture('probe/upright.mp4'), 'sample.mp4', noSamples)).rejects.toMatchObject({
    code: 'UNSUPPORTED_MEDIA',
  });
});

it('refuses text, programs, nothing, and the mere beginning of a format', async () => {
  const folder = await temporaryFolder();
  const contents = {
    text: 'hello',
    nothing: '',
    program: '\x7fELF\x02\x01\x01',
    zip: 'PK\x03\x04',
    ebml: '\x1a\x45\xdf\xa3',
  };
  for (const [name, content] of Object.entries(contents)) {
    const path = join(folder, name);
    await writeFile(path, content, 'latin1');
    await expect(checkMediaType(path, 'a.mp4', categoryOf('VIDEO'))).rejects.toMatchObject({
      code: 'UNSUPPORTED_MEDIA',
    });
  }
});
