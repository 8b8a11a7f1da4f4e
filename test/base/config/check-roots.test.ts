import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkRoots } from '../../../src/base/config/check-roots.ts';

// Permissions do not bind root.
const isRoot = process.getuid?.() === 0;
const absent = { exists: false, readable: false, writable: false };

describe('checkRoots', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roots-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('tells folders from what is missing or is a file, in the order of the categories', async () => {
    await mkdir(join(folder, 'movies'));
    await writeFile(join(folder, 'file'), '');
    await symlink(join(folder, 'movies'), join(folder, 'link'));
    await symlink(join(folder, 'nowhere'), join(folder, 'dangling'));
    const roots = ['gone', 'movies', 'file', 'link', 'dangling'].map((key) => ({ key, rootPath: join(folder, key) }));
    const present = { exists: true, readable: true, writable: true };
    expect(await checkRoots({ categories: roots })).toEqual([
      { category: 'gone', rootPath: join(folder, 'gone'), ...absent },
      { category: 'movies', rootPath: join(folder, 'movies'), ...present },
      { category: 'file', rootPath: join(folder, 'file'), ...absent },
      { category: 'link', rootPath: join(folder, 'link'), ...present },
      { category: 'dangling', rootPath: join(folder, 'dangling'), ...absent },
    ]);
  });

  it.skipIf(process.platform === 'win32')('does not look for a Windows path below the working folder', async () => {
    const rootPath = 'T:/Movies';
    const before = process.cwd();
    await mkdir(join(folder, rootPath), { recursive: true });
    process.chdir(folder);
    try {
      const states = await checkRoots({ categories: [{ key: 'movies', rootPath }] });
      expect(states).toEqual([{ category: 'movies', rootPath, ...absent }]);
    } finally {
      process.chdir(before);
    }
  });

  it.skipIf(isRoot).each([
    [0o500, { readable: true, writable: false }],
    [0o300, { readable: false, writable: true }],
    [0o600, { readable: false, writable: false }],
    [0o000, { readable: false, writable: false }],
  ])('tells what the permissions %o allow', async (mode, allowed) => {
    const rootPath = join(folder, 'root');
    await mkdir(rootPath);
    await chmod(rootPath, mode);
    const states = await checkRoots({ categories: [{ key: 'root', rootPath }] });
    expect(states).toEqual([{ category: 'root', rootPath, exists: true, ...allowed }]);
  });
});
