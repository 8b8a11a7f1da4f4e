import { mkdir, mkdtemp, open, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findRealPath,
  findRealPathByIdentity,
  findRealPathByIdentitySync,
  findRealPathSync,
} from '../../../src/base/files/find-real-path.ts';

describe.each([findRealPath, findRealPathSync, findRealPathByIdentity, findRealPathByIdentitySync])('%o', (find) => {
  let folder: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'real-path-')));
    await mkdir(join(folder, 'films'));
    await writeFile(join(folder, 'films', 'a.mp4'), 'a');
    await symlink('films', join(folder, 'linked'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('names an open file without the links that led to it', async () => {
    const path = join(folder, 'linked', 'a.mp4');
    await using handle = await open(path);
    expect(await find({ fd: handle.fd, path })).toBe(join(folder, 'films', 'a.mp4'));
  });

  it('never names a file that took the place of the open one', async () => {
    const path = join(folder, 'films', 'a.mp4');
    await using handle = await open(path);
    await rename(path, join(folder, 'films', 'moved.mp4'));
    await writeFile(path, 'another');
    expect(await find({ fd: handle.fd, path })).toBe(
      find === findRealPath || find === findRealPathSync ? join(folder, 'films', 'moved.mp4') : null,
    );
  });
});
