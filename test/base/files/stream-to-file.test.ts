import { pbkdf2 } from 'node:crypto';
import { rmSync } from 'node:fs';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { streamToFile } from '../../../src/base/files/stream-to-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('writes all of it', async () => {
  const path = join(await temporaryFolder(), 'file');
  await streamToFile(path, Readable.from([Buffer.from('a'), Buffer.from('b')]), {
    through: new PassThrough(),
    flush: true,
  });
  expect(await readFile(path, 'utf8')).toBe('ab');
});

it('takes the place of no other where it is not to', async () => {
  const path = join(await temporaryFolder(), 'file');
  await writeFile(path, 'old');
  const writing = streamToFile(path, Readable.from([Buffer.from('new')]), { flags: 'wx' });
  await expect(writing).rejects.toMatchObject({ code: 'EEXIST' });
  expect(await readFile(path, 'utf8')).toBe('old');
});

it.each(['the signal', 'the source'])('makes no file any more once it was broken off by %s', async (by) => {
  const path = join(await temporaryFolder(), 'file');
  // All threads that could open the file are at work.
  const threads = Array.from({ length: 8 }, async () => promisify(pbkdf2)('a', 'b', 200_000, 64, 'sha512'));
  const source = new PassThrough();
  const stop = new AbortController();
  const writing = streamToFile(path, source, { signal: stop.signal });
  const failure = new Error('broken');
  await setImmediate();
  if (by === 'the signal') stop.abort(failure);
  else source.destroy(failure);
  await expect(writing).rejects.toThrow(/broken|aborted/);
  rmSync(path, { force: true });
  await Promise.all(threads);
  await setImmediate();
  await expect(access(path)).rejects.toThrow('ENOENT');
});
