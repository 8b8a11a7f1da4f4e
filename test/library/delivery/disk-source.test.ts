import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, realpath, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ByteStream } from '../../../src/library/delivery/byte-source.ts';
import { FileShrankError } from '../../../src/library/delivery/delivery-errors.ts';
import { FileNotFoundOnDiskError } from '../../../src/base/files/file-errors.ts';
import { openDiskSource } from '../../../src/library/delivery/disk-source.ts';
import { waitUntilNoneIsOpen } from '../../support/list-open-files.ts';

const content = randomBytes(3 * 256 * 1024 + 777);
const { signal } = new AbortController();

describe('a disk source', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'disk-source-')));
    path = join(folder, 'a.mp4');
    await writeFile(path, content);
  });
  afterEach(async () => {
    await waitUntilNoneIsOpen(folder);
    await rm(folder, { recursive: true });
  });

  async function readEtag(): Promise<string> {
    const source = await openSource();
    await source.close();
    return source.etag;
  }

  const openSource = () => openDiskSource({ rootPath: folder, relativePath: 'a.mp4', contentType: 'video/mp4' });

  it('tells the facts of its file', async () => {
    await utimes(path, 1000.5, 1000.5);
    const source = await openSource();
    expect(source).toMatchObject({
      sizeBytes: content.length,
      modifiedAt: new Date(1_000_500),
      contentType: 'video/mp4',
      etag: expect.stringMatching(/^"[\w-]+"$/),
    });
    await source.close();
  });

  it('has a tag that stays as long as the file does, and changes with its size, its time and its replacement', async () => {
    const { mtimeMs } = await stat(path);
    const original = await readEtag();
    expect(await readEtag()).toBe(original);

    await writeFile(join(folder, 'new'), content);
    await utimes(join(folder, 'new'), mtimeMs / 1000, mtimeMs / 1000);
    await utimes(path, mtimeMs / 1000, mtimeMs / 1000);
    const tags = [original, await readEtag()];
    await rename(join(folder, 'new'), path);
    tags.push(await readEtag());
    await utimes(path, mtimeMs / 1000, mtimeMs / 1000 + 0.000_01);
    tags.push(await readEtag());
    await appendFile(path, 'x');
    await utimes(path, mtimeMs / 1000, mtimeMs / 1000 + 0.000_01);
    tags.push(await readEtag());
    expect(new Set(tags.slice(1)).size).toBe(4);
  });

  it('reads exactly the range, across chunks, to a consumer that keeps what it got', async () => {
    const source = await openSource();
    for (const [start, end] of [
      [0, 0],
      [0, content.length - 1],
      [262_143, 262_144],
      [262_144, 524_287],
      [100, 700_000],
      [content.length - 1, content.length - 1],
    ] as const) {
      const bytes = await buffer(await source.open({ start, end }, signal));
      expect(bytes.equals(content.subarray(start, end + 1)), `${start}-${end}`).toBe(true);
    }
    await source.close();
  });

  it('serves a consumer that recycles from two buffers, without mixing them up', async () => {
    const source = await openSource();
    const stream = await source.open({ start: 0, end: content.length - 1 }, signal);
    const { bytes, memories } = await readRecycling(stream, () => setTimeout(5));
    expect(bytes.equals(content)).toBe(true);
    expect(memories).toBe(2);
    await source.close();
  });

  it('takes each chunk back once, and nothing that was never its own', async () => {
    const source = await openSource();
    const stream = await source.open({ start: 0, end: content.length - 1 }, signal);
    const { bytes } = await readRecycling(stream, (chunk) => {
      stream.recycle?.(Buffer.alloc(10));
      const copy = Buffer.from(chunk);
      stream.recycle?.(chunk);
      stream.recycle?.(chunk);
      return copy;
    });
    expect(bytes.equals(content)).toBe(true);
    await source.close();
  });

  it('goes on with the file that it opened when another takes its name, and does not overrun one that grows', async () => {
    const source = await openSource();
    await appendFile(path, 'grown');
    await rename(path, join(folder, 'moved'));
    await writeFile(path, 'another');
    const bytes = await buffer(await source.open({ start: 0, end: source.sizeBytes - 1 }, signal));
    expect(bytes.equals(content)).toBe(true);
    await source.close();
  });

  it('breaks where the file shrank, rather than end early', async () => {
    const source = await openSource();
    await truncate(path, 300_000);
    const stream = await source.open({ start: 0, end: source.sizeBytes - 1 }, signal);
    await expect(buffer(stream)).rejects.toThrow(FileShrankError);
    await source.close();
  });

  it('ends at a signal and when it is closed, with a read in flight or none', async () => {
    const source = await openSource();
    const controller = new AbortController();
    const aborted = await source.open({ start: 0, end: 400_000 }, controller.signal);
    const closed = await source.open({ start: 0, end: 400_000 }, signal);
    const failure = outcomeOf(aborted);
    aborted.read(0);
    closed.read(0);
    controller.abort();
    await source.close();
    expect(await failure).toMatchObject({ name: 'AbortError' });
    expect([aborted.closed, closed.closed]).toEqual([true, true]);
  });

  it('is not there without its file', async () => {
    await rm(path);
    await expect(openSource()).rejects.toThrow(FileNotFoundOnDiskError);
  });
});

/** Reads as the client's connection does: done with one chunk before it takes the next. */
async function readRecycling(
  stream: ByteStream,
  use: (chunk: Buffer) => unknown,
): Promise<{ bytes: Buffer; memories: number }> {
  const copies: Buffer[] = [];
  const memories = new Set<ArrayBufferLike>();
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    memories.add(chunk.buffer);
    await use(chunk);
    copies.push(Buffer.from(chunk));
    stream.recycle?.(chunk);
  }
  return { bytes: Buffer.concat(copies), memories: memories.size };
}

function outcomeOf(stream: Readable): Promise<unknown> {
  return new Promise((resolve) => stream.once('error', resolve));
}
