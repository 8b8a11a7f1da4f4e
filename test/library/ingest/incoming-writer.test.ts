import { createHash, randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, it, onTestFinished } from 'vitest';
import { StorageError } from '../../../src/base/errors/storage-error.ts';
import { IncomingWriter } from '../../../src/library/ingest/incoming-writer.ts';

it('writes eight of many uploads at a time, each in its order and whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'incoming-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const inFlight = { now: 0, most: 0 };
  const uploads = await Promise.all(
    Array.from({ length: 30 }, async (_, n) => {
      const path = join(folder, String(n));
      const handle = await open(path, 'wx');
      onTestFinished(() => handle.close());
      return { path, bytes: randomBytes(500_000 + n), writer: new IncomingWriter(counted(handle, inFlight), 10 ** 6) };
    }),
  );

  await Promise.all(uploads.map(({ bytes, writer }) => pipeline(Readable.from(inParts(bytes)), writer)));

  expect(inFlight.most).toBe(8);
  for (const { path, bytes, writer } of uploads) {
    expect(bytes.equals(await readFile(path))).toBe(true);
    expect(writer.digest()).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});

it('leaves what waits unwritten once its client has left, and lets the others go on', async () => {
  const stuck = new EventEmitter();
  const released = once(stuck, 'release');
  const slow = Array.from(
    { length: 8 },
    () =>
      new IncomingWriter(
        fake(async () => (await released) && { bytesWritten: 1 }),
        10,
      ),
  );
  const written = slow.map((writer) => new Promise((resolve) => writer.end('x', resolve as () => void)));
  let writes = 0;
  const leaving = new IncomingWriter(
    fake(async () => ({ bytesWritten: (writes += 1) })),
    10,
  );
  leaving.write('x');
  leaving.destroy();
  stuck.emit('release');
  await Promise.all(written);
  const after = new IncomingWriter(
    fake(async () => ({ bytesWritten: 1 })),
    10,
  );
  await new Promise((resolve) => after.end('x', resolve as () => void));
  expect({ writes, sizeBytes: after.sizeBytes }).toEqual({ writes: 0, sizeBytes: 1 });
});

it('sends what it has to the disk meanwhile, and breaks where that fails', async () => {
  let flushes = 0;
  const mebibyte = Buffer.alloc(2 ** 20);
  const parts = () => Readable.from(Array.from({ length: 130 }, () => mebibyte));

  await pipeline(
    parts(),
    new IncomingWriter(
      flushed(async () => void (flushes += 1)),
      2 ** 30,
    ),
  );
  expect(flushes).toBe(2);

  const broken = flushed(() =>
    Promise.reject(Object.assign(new Error('EIO: i/o error'), { code: 'EIO', syscall: 'fdatasync' })),
  );
  await expect(pipeline(parts(), new IncomingWriter(broken, 2 ** 30))).rejects.toBeInstanceOf(StorageError);
});

function* inParts(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
}

function counted(handle: FileHandle, inFlight: { now: number; most: number }): FileHandle {
  return fake(async (buffers, position) => {
    inFlight.now += 1;
    inFlight.most = Math.max(inFlight.most, inFlight.now);
    const written = await handle.writev(buffers, position);
    inFlight.now -= 1;
    return written;
  });
}

function fake(writev: (buffers: Buffer[], position: number) => Promise<{ bytesWritten: number }>): FileHandle {
  return { writev } as unknown as FileHandle;
}

function flushed(datasync: () => Promise<void>): FileHandle {
  return { writev: takeAll, datasync } as unknown as FileHandle;
}

async function takeAll(buffers: Buffer[]): Promise<{ bytesWritten: number }> {
  return { bytesWritten: buffers.reduce((sum, { length }) => sum + length, 0) };
}
