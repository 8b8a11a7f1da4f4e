import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { receiveUpload } from '../../../src/library/ingest/receive-upload.ts';
import { canMount, mountFilesystem } from '../../support/mount-filesystem.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const streamOf = (bytes: Buffer, chunk = 65_536) =>
  Readable.from(
    (function* pieces() {
      for (let start = 0; start < bytes.length; start += chunk) yield bytes.subarray(start, start + chunk);
    })(),
  );

async function* endless() {
  for (;;) yield randomBytes(1_000);
}

async function* broken() {
  yield randomBytes(200_000);
  throw new Error('the line is dead');
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

it.each([0, 1, 65_536, 5_000_001])('writes and hashes all of %i bytes', async (size) => {
  const [folder, bytes] = [await temporaryFolder(), randomBytes(size)];
  const file = await receiveUpload({ stream: streamOf(bytes), folder, maxBytes: size });
  expect(file).toEqual({ path: expect.stringContaining(folder), sizeBytes: size, sha256: sha256(bytes) });
  expect(sha256(await readFile(file.path))).toBe(file.sha256);
});

it('refuses one byte more than the limit, does not wait for the rest, and keeps nothing', async () => {
  const folder = await temporaryFolder();
  const stream = Readable.from(endless());
  await expect(receiveUpload({ stream, folder, maxBytes: 9_999 })).rejects.toMatchObject({
    code: 'FILE_TOO_LARGE',
    maxBytes: 9_999,
  });
  expect(stream.destroyed).toBe(true);
  expect(await readdir(folder)).toEqual([]);
});

it('keeps nothing of a stream that breaks off', async () => {
  const folder = await temporaryFolder();
  const stream = Readable.from(broken());
  await expect(receiveUpload({ stream, folder, maxBytes: 1e9 })).rejects.toMatchObject({ code: 'BROKEN_UPLOAD' });
  expect(await readdir(folder)).toEqual([]);
});

it.runIf(canMount)('says that the disk is full, and keeps nothing', async () => {
  const folder = await mountFilesystem('-o', 'size=1m');
  const stream = streamOf(randomBytes(3_000_000));
  await expect(receiveUpload({ stream, folder, maxBytes: 1e9 })).rejects.toMatchObject({
    code: 'STORAGE_ERROR',
    message: expect.stringContaining('full'),
  });
  expect(await readdir(folder)).toEqual([]);
});

it('says that its folder is not there', async () => {
  const folder = `${await temporaryFolder()}/nothing`;
  await expect(receiveUpload({ stream: streamOf(randomBytes(9)), folder, maxBytes: 9 })).rejects.toMatchObject({
    code: 'STORAGE_ERROR',
  });
});
