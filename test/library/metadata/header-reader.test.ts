import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chunkBytes, createHeaderReader } from '../../../src/library/metadata/header-reader.ts';

const mebibyte = 1024 * 1024;
const unlimited = { maxBytes: 100 * mebibyte, maxMs: 60_000 };
let folder: string;
let fd: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'header-reader-'));
});

afterEach(() => {
  closeSync(fd);
  rmSync(folder, { recursive: true });
});

function open(content: Buffer): void {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  fd = openSync(path, 'r');
}

/** Reads on until the reader gives nothing more; the sum of what it gave. */
function readOn(reader: ReturnType<typeof createHeaderReader>): number {
  let offset = 0;
  for (;;) {
    const { length } = reader.read(chunkBytes, offset);
    if (length === 0) return offset;
    offset += length;
  }
}

it('reads the bytes at an offset', () => {
  open(Buffer.from('0123456789'));
  const reader = createHeaderReader(fd, unlimited);
  expect(Buffer.from(reader.read(4, 3)).toString()).toBe('3456');
  expect(Buffer.from(reader.read(100, 8)).toString()).toBe('89');
  expect(reader.bytesRead).toBe(6);
});

it('gives nothing past the end, and names no limit for it', () => {
  open(Buffer.alloc(3 * mebibyte));
  const reader = createHeaderReader(fd, unlimited);
  expect(readOn(reader)).toBe(3 * mebibyte);
  expect(reader.stoppedBy).toBeNull();
});

it('gives nothing more once the bytes are used up', () => {
  open(Buffer.alloc(3 * mebibyte));
  const reader = createHeaderReader(fd, { ...unlimited, maxBytes: mebibyte });
  expect(readOn(reader)).toBe(mebibyte);
  expect(reader.stoppedBy).toBe('bytes');
});

it('gives nothing more once the time is used up', async () => {
  open(Buffer.alloc(mebibyte));
  const reader = createHeaderReader(fd, { ...unlimited, maxMs: 20 });
  expect(reader.read(10, 0)).toHaveLength(10);
  await sleep(40);
  expect(reader.read(10, 10)).toHaveLength(0);
  expect(reader.stoppedBy).toBe('time');
});

it.each([
  ['WAV', Buffer.from('RIFF\0\0\0\0WAVEfmt ')],
  ['WAV of over 4 GiB', Buffer.from('RF64\0\0\0\0WAVEds64')],
  ['AIFF', Buffer.from('FORM\0\0\0\0AIFFCOMM')],
  ['Wave64', Buffer.from('726966662e91cf11a5d628db04c10000', 'hex')],
])('ends early in the samples of %s, which is no limit that was hit', (_, head) => {
  open(Buffer.concat([head, Buffer.alloc(3 * mebibyte)]));
  const reader = createHeaderReader(fd, unlimited);
  expect(readOn(reader)).toBe(mebibyte);
  expect(reader.stoppedBy).toBeNull();
});

it('does not take an AVI for a WAV', () => {
  open(Buffer.concat([Buffer.from('RIFF\0\0\0\0AVI LIST'), Buffer.alloc(2 * mebibyte)]));
  expect(readOn(createHeaderReader(fd, unlimited))).toBe(2 * mebibyte + 16);
});
