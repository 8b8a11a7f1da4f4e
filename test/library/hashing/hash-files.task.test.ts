import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { mkdir, rename, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHashControl } from '../../../src/library/hashing/hash-control.ts';
import { stretches } from '../../../src/library/hashing/digest-file.ts';
import { hashFiles } from '../../../src/library/hashing/hash-files.task.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

async function hash(rootPath: string, relativePath: string, memory = aloneMemory()) {
  const [result] = await hashFiles({ files: [{ rootPath, relativePath }], memory });
  return result;
}

/** Of who may read ahead, and then leaves the event loop some time. */
function aloneMemory(): SharedArrayBuffer {
  const control = createHashControl();
  control.setAlone(true);
  return control.memory;
}

describe('hashFiles', () => {
  it.each([0, 1, 256 * 1024 - 1, 256 * 1024, 512 * 1024, 512 * 1024 + 1, 3_000_000, stretches.firstBytes + 1])(
    'gives for %i bytes what sha256sum does',
    async (size) => {
      const folder = await temporaryFolder();
      await writeFile(join(folder, 'file.bin'), randomBytes(size));
      const [expected] = execFileSync('sha256sum', [join(folder, 'file.bin')], { encoding: 'utf8' }).split(' ');
      expect(await hash(folder, 'file.bin')).toMatchObject({ ok: true, sha256: expected, sizeBytes: size });
    },
  );

  it('counts the bytes while it works, and stops when it is told to', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file.bin'), randomBytes(3_000_000));
    const control = createHashControl();
    await hash(folder, 'file.bin', control.memory);
    expect(control.takeBytes()).toBe(3_000_000);
    expect(control.takeBytes()).toBe(0);
    control.stop();
    expect(await hash(folder, 'file.bin', control.memory)).toMatchObject({ ok: false, code: 'HASH_STOPPED' });
  });

  it('gives up on a file that is written to all the time, and says so', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'file.bin');
    await writeFile(path, randomBytes(2_000_000));
    // The meter counts here what was read: so the file grows after each part, however fast the machine is.
    const add = Atomics.add.bind(Atomics) as (...counted: unknown[]) => bigint;
    const counting = vi.spyOn(Atomics, 'add').mockImplementation((...counted: unknown[]) => {
      appendFileSync(path, 'x');
      return add(...counted);
    });
    onTestFinished(() => counting.mockRestore());
    expect(await hash(folder, 'file.bin')).toMatchObject({ ok: false, code: 'FILE_KEEPS_CHANGING' });
  });

  it('hashes a file again that was replaced meanwhile', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'file.bin');
    await writeFile(path, 'what is read ahead, since it is so large');
    await truncate(path, stretches.firstBytes + 50_000_000);
    await writeFile(join(folder, 'new.bin'), 'the new one');
    const hashing = hash(folder, 'file.bin');
    await rename(join(folder, 'new.bin'), path);
    const [expected] = execFileSync('sha256sum', [path], { encoding: 'utf8' }).split(' ');
    expect(await hashing).toMatchObject({ ok: true, sha256: expected, sizeBytes: 11 });
  });

  it('hashes a file again that was cut short meanwhile', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'file.bin');
    await writeFile(path, 'what is read ahead, since it is so large');
    await truncate(path, stretches.firstBytes + 50_000_000);
    const hashing = hash(folder, 'file.bin');
    await truncate(path, 5);
    const [expected] = execFileSync('sha256sum', [path], { encoding: 'utf8' }).split(' ');
    expect(await hashing).toMatchObject({ ok: true, sha256: expected, sizeBytes: 5 });
  });

  it('answers in order for many, and one that fails does not keep the others from it', async () => {
    const folder = await temporaryFolder();
    await writeFiles(folder, ['a.bin', 'c.bin']);
    await mkdir(join(folder, 'folder'));
    await symlink('/etc/passwd', join(folder, 'outside'));
    const files = ['a.bin', 'gone.bin', 'folder', 'outside', '../a.bin', 'c.bin'].map((relativePath) => ({
      rootPath: folder,
      relativePath,
    }));
    const results = await hashFiles({ files, memory: createHashControl().memory });
    expect(results.map((result) => (result.ok ? 'hashed' : result.code))).toEqual([
      'hashed',
      'FILE_NOT_FOUND_ON_DISK',
      'NOT_A_REGULAR_FILE',
      'PATH_OUTSIDE_ROOT',
      'PATH_OUTSIDE_ROOT',
      'hashed',
    ]);
  });
});
