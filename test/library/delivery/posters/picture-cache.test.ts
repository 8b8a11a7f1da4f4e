import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPictureCache } from '../../../../src/library/delivery/posters/picture-cache.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'thumbnails');
});

const openCache = (maxBytes = 1_000_000) => createPictureCache({ folder, maxBytes, log: pino({ level: 'silent' }) });

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

async function listFiles(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('the cache of pictures', () => {
  it('gives what was stored for a place and made of the same, also to the next process', async () => {
    const bytes = randomBytes(1000);
    const stored = await openCache().store('a', '1', bytes);
    for (const cache of [openCache(), openCache()]) {
      expect(await cache.find('a', '1')).toEqual(stored);
      expect(await cache.find('a', '2')).toBeNull();
      expect(await cache.find('b', '1')).toBeNull();
    }
    expect(stored.etag).toMatch(/^"[\da-f]{32}"$/);
  });

  it('keeps one picture a place', async () => {
    const cache = openCache();
    await cache.store('a', '1', randomBytes(1000));
    const second = await cache.store('a', '2', randomBytes(1000));
    expect(await cache.find('a', '1')).toBeNull();
    expect(await cache.find('a', '2')).toEqual(second);
    expect(await listFiles()).toHaveLength(1);
  });

  it('stays within its limit, and what was used least recently goes first', async () => {
    const cache = openCache(10_000);
    for (let index = 0; index < 10; index += 1) await cache.store(`place ${index}`, '1', randomBytes(1000));
    await cache.find('place 0', '1');
    await cache.store('place 10', '1', randomBytes(1500));
    const kept = await findKept(cache, 11);
    expect(kept).toEqual([0, 3, 4, 5, 6, 7, 8, 9, 10]);
    const sizes = await Promise.all((await listFiles()).map(async (path) => (await stat(path)).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(9500);
    expect([await cache.totalBytes(), await openCache().totalBytes()]).toEqual([9500, 9500]);
  });

  it('remembers across a restart what was used last', async () => {
    const before = openCache(3000);
    for (const place of ['place 0', 'place 1', 'place 2']) await before.store(place, '1', randomBytes(1000));
    // As a use long after the storing would: that of the first is the latest.
    for (const [index, path] of (await pathsByPlace(before)).entries()) {
      await utimes(path, hoursAgo(index), hoursAgo(9));
    }
    const after = openCache(3000);
    await after.store('place 3', '1', randomBytes(1000));
    expect(await findKept(after, 4)).toEqual([0, 1, 3]);
  });

  it('marks a use by the time of access, while the picture keeps its time', async () => {
    const cache = openCache();
    await cache.store('a', '1', randomBytes(1000));
    const [path = ''] = await listFiles();
    const longAgo = new Date('2025-01-01T00:00:00Z');
    await utimes(path, longAgo, longAgo);
    const found = await openCache().find('a', '1');
    const { atimeMs, mtime } = await stat(path);
    expect([found?.modifiedAt, mtime]).toEqual([longAgo, longAgo]);
    expect(Date.now() - atimeMs).toBeLessThan(60_000);
  });

  it.each([
    ['cut off', (path: string) => truncate(path, 500)],
    ['empty', (path: string) => truncate(path, 0)],
    ['altered', async (path: string) => writeFile(path, (await readFile(path)).fill(7, 100, 110))],
  ])('gives nothing that was %s, and takes it anew', async (_title, damage) => {
    const bytes = randomBytes(1000);
    const cache = openCache();
    await cache.store('a', '1', bytes);
    const [path = ''] = await listFiles();
    await damage(path);
    expect(await cache.find('a', '1')).toBeNull();
    expect(await openCache().find('a', '1')).toBeNull();
    await cache.store('a', '1', bytes);
    expect((await cache.find('a', '1'))?.bytes).toEqual(bytes);
    expect(await listFiles()).toEqual([path]);
  });

  it('leaves no picture out of its count that is larger than the limit', async () => {
    const cache = openCache(1000);
    const bytes = randomBytes(1001);
    expect((await cache.store('a', '1', bytes)).bytes).toBe(bytes);
    expect(await cache.find('a', '1')).toBeNull();
  });

  it('clears away the older of two that a process that was killed left behind, and minds nothing else in the folder', async () => {
    await openCache().store('a', '1', randomBytes(1000));
    const [path = ''] = await listFiles();
    const longAgo = new Date('2025-01-01T00:00:00Z');
    // The older one of two for the same place, as a kill between writing and removing leaves it.
    const older = path.replace(/-[\da-f]{32}-/, `-${'0'.repeat(32)}-`);
    await writeFile(older, 'old');
    await utimes(older, longAgo, longAgo);
    await writeFile(join(folder, 'notes.txt'), 'a person put this here');
    expect(await openCache().find('a', '1')).not.toBeNull();
    expect((await listFiles()).sort()).toEqual([join(folder, 'notes.txt'), path].sort());
  });
});

async function findKept(cache: ReturnType<typeof openCache>, count: number): Promise<number[]> {
  const kept: number[] = [];
  for (let index = 0; index < count; index += 1) {
    if ((await cache.find(`place ${index}`, '1')) !== null) kept.push(index);
  }
  return kept;
}

/** The files of `place 0`, `place 1`, … in that order. */
async function pathsByPlace(cache: ReturnType<typeof openCache>): Promise<string[]> {
  const files = await listFiles();
  const paths: string[] = [];
  for (let index = 0; index < files.length; index += 1) {
    const picture = await cache.find(`place ${index}`, '1');
    const content = picture?.etag.slice(1, -1) ?? '?';
    paths.push(files.find((file) => file.includes(content)) ?? '?');
  }
  return paths;
}
