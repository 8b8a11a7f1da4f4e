import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { probeFixtures } from '../probe-one.ts';
import { readFactsOf } from './read-facts.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'music-facts-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const sound = readFileSync(join(probeFixtures, 'tone.mp3'));

/** A frame of ID3v2.4, whose sizes have seven bits in a byte; texts are in UTF-8. */
function frame(id: string, content: Buffer | string): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(`\x03${content}`) : content;
  return Buffer.concat([Buffer.from(id), sevenBits(bytes.length), Buffer.alloc(2), bytes]);
}

function sevenBits(size: number): Buffer {
  return Buffer.from([(size >> 21) & 0x7f, (size >> 14) & 0x7f, (size >> 7) & 0x7f, size & 0x7f]);
}

function song(...frames: Buffer[]): string {
  const body = Buffer.concat(frames);
  const path = join(folder, 'song.mp3');
  writeFileSync(path, Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), sevenBits(body.length), body, sound]));
  return path;
}

it('reads what the tags of music say, and takes its dates for those of publishing', async () => {
  const path = song(
    frame('TIT2', 'Blue Moon'),
    frame('TPE1', 'Ella'),
    frame('TALB', 'Songs'),
    frame('TPE2', 'Ella & Louis'),
    frame('TRCK', '3/12'),
    frame('TPOS', '1/2'),
    frame('TDRC', '1956-10-01T12:00:00'),
    frame('TCON', 'Jazz\0Vocal'),
    frame('TXXX', 'replaygain_track_gain\0-6.48 dB'),
    frame('TXXX', 'replaygain_album_gain\0-7.00 dB'),
    frame('USLT', Buffer.from('\x03eng\0Blue moon, you saw me standing alone')),
  );
  expect(await readFactsOf(path, 'AUDIO')).toMatchObject({
    capture: null,
    facts: {
      audio: [{ codec: 'MPEG Audio' }],
      music: {
        title: 'Blue Moon',
        artist: 'Ella',
        album: 'Songs',
        albumArtist: 'Ella & Louis',
        track: 3,
        trackTotal: 12,
        disc: 1,
        discTotal: 2,
        year: 1956,
        genres: ['Jazz', 'Vocal'],
        trackGainDb: -6.48,
        albumGainDb: -7,
        hasLyrics: true,
      },
    },
  });
});

it('keeps of hostile tags what makes sense, in a size that a row can hold', async () => {
  const path = song(
    frame('TIT2', `One\n\u0001two ${'x'.repeat(2_000_000)}`),
    frame('TPE1', Buffer.from([1, 0xff, 0xfe, 0x41, 0, 0x3d, 0xd8])), // half a surrogate pair, in UTF-16
    frame('TRCK', '0/4294967295'),
    frame('TDRC', '9999'),
    frame('TCON', Array.from({ length: 500 }, (_, index) => `Genre ${index} ${'é'.repeat(90)}`).join('\0')),
    frame('TXXX', 'replaygain_track_gain\0-99999999 dB'),
  );
  const { facts } = await readFactsOf(path, 'AUDIO');
  expect(facts?.music).toMatchObject({ artist: 'A\u{fffd}', hasLyrics: false });
  expect(facts?.music?.title).toMatch(/^One two x{290}/);
  expect(facts?.music?.genres).toHaveLength(20);
  expect(facts?.music).not.toHaveProperty('year');
  expect(facts?.music).not.toHaveProperty('trackGainDb');
  expect(facts?.notes).toEqual(
    expect.arrayContaining([
      'The title was cut after 300 characters.',
      'Of the genres only the first 20 are kept.',
      'The number of tracks is 4294967295, which makes no sense; it is left out.',
      'The year is 9999, which makes no sense; it is left out.',
    ]),
  );
  expect(Buffer.byteLength(JSON.stringify(facts))).toBeLessThan(32 * 1024);
});

it('reads the tags of a file that was cut off behind them, and none where there are none', async () => {
  const tags = Buffer.concat([frame('TIT2', 'Alone')]);
  const path = join(folder, 'cut.mp3');
  writeFileSync(path, Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), sevenBits(tags.length), tags]));
  expect((await readFactsOf(path, 'AUDIO')).facts?.music).toMatchObject({ title: 'Alone' });
  expect((await readFactsOf(join(probeFixtures, 'tone.mp3'), 'AUDIO')).facts).not.toHaveProperty('music.title');
});
