import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { probeFiles } from '../../../src/library/metadata/probe-files.task.ts';
import { probeFixtures, probeOne } from './probe-one.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'damaged-files-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const fixture = (name: string) => join(probeFixtures, name);

it('a file of noise is a note, and the parser is fit for the next file', async () => {
  const path = join(folder, 'noise.mp4');
  writeFileSync(path, noise(24 * 1024 * 1024));
  expect(await probeOne(path, 'VIDEO')).toMatchObject({ ok: false, code: 'UNREADABLE_MEDIA' });
  expect(await probeOne('upright.mp4', 'VIDEO')).toMatchObject({ ok: true, durationSeconds: 2 });
});

it('a file with bytes gone wrong anywhere has an answer all the same', async () => {
  const files = ['upright.mp4', 'two-languages.mkv', 'tone.mp3', 'tone.ogg', 'tone.flac'].flatMap((name, kind) =>
    Array.from({ length: 12 }, (_, round) => {
      const path = join(folder, `${round}-${name}`);
      writeFileSync(path, damaged(readFileSync(fixture(name)), kind * 100 + round));
      return { id: kind * 100 + round, path, rootPath: folder, mediaType: 'VIDEO' as const };
    }),
  );
  const results = await probeFiles({ files });
  expect(results.map((result) => result.id)).toEqual(files.map((file) => file.id));
  expect(await probeOne('upright.mp4', 'VIDEO')).toMatchObject({ ok: true, width: 320, durationSeconds: 2 });
});

/** The same bytes with some of them wrong, mostly in the headers; the same wrong ones for the same seed. */
function damaged(content: Buffer, seed: number): Buffer {
  const random = noise(64, seed);
  for (let index = 0; index + 4 <= random.length; index += 4) {
    const reach = index % 8 === 0 ? Math.min(2000, content.length) : content.length;
    content[random.readUInt16LE(index) % reach] = random.readUInt8(index + 2);
  }
  return content;
}

/** xorshift: noise that is the same in every run. */
function noise(bytes: number, seed = 1): Buffer {
  const words = new Uint32Array(bytes / 4);
  let state = seed * 2_654_435_761 || 1;
  for (let index = 0; index < words.length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return Buffer.from(words.buffer);
}
