import { truncate, utimes } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import type { ArchiveEntry } from '../../../../src/library/delivery/archives/archive-file.ts';
import { measureEntries } from '../../../../src/library/delivery/archives/measure-entries.ts';
import { packEntries } from '../../../../src/library/delivery/archives/pack-entries.ts';
import type { ByteSource } from '../../../../src/library/delivery/byte-source.ts';
import { openDiskSource } from '../../../../src/library/delivery/disk-source.ts';
import { waitUntilNoneIsOpen } from '../../../support/list-open-files.ts';
import { readZip } from '../../../support/read-zip.ts';
import { temporaryFolder, writeFiles } from '../../../support/temporary-folder.ts';

const { signal } = new AbortController();

describe('a packed archive', () => {
  it.each([0, 1, 700, 800, 3000])('knows its size before, with %i long names', async (count) => {
    const root = await temporaryFolder();
    await writeFiles(root, ['a']);
    const entries = Array.from({ length: count }, (_, index) => entryOf(root, 'a', `${index} ${'ä'.repeat(20)}`));
    const packed = packEntries(await measureEntries(entries, openDiskSource, signal), openDiskSource);
    const zip = await buffer(packed.open(signal));
    expect(packed.sizeBytes).toBe(zip.length);
    expect(readZip(zip).map(({ name }) => name)).toEqual(entries.map(({ name }) => name));
    await waitUntilNoneIsOpen(root);
  });

  it('says the moments of its files where they begin too, so that every program in every zone gives them the same', async () => {
    const root = await temporaryFolder();
    await writeFiles(root, ['a', 'b']);
    const [moment, later] = [new Date('2024-07-01T10:20:30Z'), new Date('2040-01-01T12:00:00Z')];
    await utimes(join(root, 'a'), moment, moment);
    await utimes(join(root, 'b'), later, later);
    const measured = await measureEntries([entryOf(root, 'a'), entryOf(root, 'b')], openDiskSource, signal);
    const packed = packEntries(measured, openDiskSource);
    const zip = await buffer(packed.open(signal));
    expect(packed.sizeBytes).toBe(zip.length);
    const field = zip.subarray(30 + 'a'.length, 30 + 'a'.length + zip.readUInt16LE(28));
    expect([field.readUInt16LE(0), field.readUInt16LE(2), field.readUInt8(4), field.length]).toEqual([0x5455, 5, 1, 9]);
    expect(new Date(field.readInt32LE(5) * 1000)).toEqual(moment);
    // The field has no room for times after 2038: the clock time has.
    expect(readZip(zip).map(({ modifiedAt }) => modifiedAt)).toEqual([moment, null]);
  });

  it('holds more than 4 GiB', async () => {
    const sizeBytes = 2 ** 32 + 5;
    const openZeros = async ({ relativePath }: { relativePath: string }) =>
      zeros(relativePath === 'large' ? sizeBytes : 5);
    const entries = ['large', 'small'].map((name) => entryOf('/x', name));
    const packed = packEntries(await measureEntries(entries, openZeros, signal), openZeros);
    const { tail, total } = await readTail(packed.open(signal));
    expect(packed.sizeBytes).toBe(total);
    // The large form of the directory's entries: sizes and place have 64 bits (APPNOTE 4.5.3).
    const directory = tail.indexOf('PK\u0001\u0002');
    const extra = tail.subarray(directory + 46 + 'large'.length + 9);
    expect([extra.readUInt16LE(0), extra.readUInt16LE(2)]).toEqual([1, 24]);
    expect([4, 12, 20].map((at) => Number(extra.readBigUInt64LE(at)))).toEqual([sizeBytes, sizeBytes, 0]);
    const end = tail.length - 22 - 20 - 56;
    expect(tail.readUInt32LE(end)).toBe(0x06064b50);
    expect(Number(tail.readBigUInt64LE(end + 48))).toBe(total - tail.length + directory);
  });

  it('has its checksums from zlib, which takes the event loop a tenth of the time', async () => {
    const root = await temporaryFolder();
    await writeFiles(root, ['a']);
    const fromYazl = createRequire(createRequire(import.meta.url).resolve('yazl'));
    const checksums = fromYazl('buffer-crc32') as { unsigned: typeof crc32 };
    expect(checksums.unsigned).toBe(crc32);
    const computed = vi.spyOn(checksums, 'unsigned');
    const measured = await measureEntries([entryOf(root, 'a')], openDiskSource, signal);
    await buffer(packEntries(measured, openDiskSource).open(signal));
    expect(computed).toHaveBeenCalled();
  });

  it('breaks where a source gives less than it has, and closes it', async () => {
    let closed = 0;
    const source: ByteSource = {
      sizeBytes: 100,
      modifiedAt: new Date(),
      contentType: 'a/b',
      etag: '"x"',
      open: () => Readable.from([Buffer.alloc(60)]),
      close: async () => void (closed += 1),
    };
    const openSource = async () => source;
    const measured = await measureEntries([entryOf('/x', 'a'), entryOf('/x', 'b')], openSource, signal);
    await expect(buffer(packEntries(measured, openSource).open(signal))).rejects.toThrow('unexpected number of bytes');
    await expect.poll(() => closed).toBe(3);
  });

  it('ends with its signal, in the middle of a file or before its first', async () => {
    const root = await temporaryFolder();
    await writeFiles(root, ['a']);
    await truncate(join(root, 'a'), 10_000_000);
    const measured = await measureEntries([entryOf(root, 'a')], openDiskSource, signal);
    for (const isBegun of [true, false]) {
      const client = new AbortController();
      const stream = packEntries(measured, openDiskSource).open(client.signal);
      const reading = buffer(stream);
      if (isBegun) await new Promise((resolve) => void stream.once('data', resolve));
      client.abort();
      await expect(reading).rejects.toThrow('aborted');
      await waitUntilNoneIsOpen(root);
    }
  });
});

function entryOf(rootPath: string, relativePath: string, name = relativePath): ArchiveEntry {
  const file = {
    category: 'movies',
    rootPath,
    copypartyPath: '/x',
    relativePath,
    sizeBytes: 0,
    contentType: 'application/octet-stream',
  };
  return { name, file };
}

/** Of any size, from memory. */
function zeros(sizeBytes: number): ByteSource {
  const open = () => Readable.from(giveZeros(sizeBytes));
  return { sizeBytes, modifiedAt: new Date(), contentType: 'a/b', etag: '"x"', open, close: async () => undefined };
}

function* giveZeros(sizeBytes: number): Generator<Buffer> {
  const chunk = Buffer.alloc(192 * 1024);
  for (let left = sizeBytes; left > 0; left -= chunk.length) yield chunk.subarray(0, Math.min(left, chunk.length));
}

async function readTail(stream: NodeJS.ReadableStream & { recycle?(chunk: Buffer): void }) {
  let total = 0;
  let tail = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    total += chunk.length;
    tail = Buffer.concat([tail.subarray(-1000), chunk.subarray(-1000)]);
    stream.recycle?.(chunk);
  }
  return { total, tail };
}
