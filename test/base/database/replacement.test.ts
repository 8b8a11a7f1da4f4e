import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFile } from '../../../src/base/database/sqlite/file-lock.ts';
import {
  lockDatabaseFile,
  replaceFiles,
  useDatabaseFile,
  type Replacement,
} from '../../../src/base/database/replacement.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** What each name held before and holds after. */
const before = { 'a.db': 'old a', 'a.db-wal': 'old wal', images: 'old images' };
const after = { 'a.db': 'new a', images: 'new images', pictures: 'new pictures' };

async function prepare(): Promise<{ folder: string; path: string; replacements: Replacement[] }> {
  const folder = await temporaryFolder();
  const put = async (path: string, content: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  for (const [name, content] of Object.entries(before)) await put(name, content);
  for (const [name, content] of Object.entries(after)) await put(`staged/${name}`, content);
  const replacements = ['a.db', 'a.db-wal', 'images', 'pictures', 'cache'].map((name) => ({
    from: name in after ? join(folder, 'staged', name) : null,
    to: join(folder, name),
    keep: join(folder, 'kept', name),
  }));
  return { folder, path: join(folder, 'a.db'), replacements };
}

/** The renames that one after the other make the replacement, as a kill may leave them. */
function stepsOf(replacements: Replacement[]): (() => Promise<void>)[] {
  return replacements.flatMap(({ from, to, keep }) => [
    async () => {
      await mkdir(dirname(keep), { recursive: true });
      await rename(to, keep).catch(() => undefined); // some have nothing to keep
    },
    async () => {
      if (from !== null) await rename(from, to);
    },
  ]);
}

async function read(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && !entry.name.endsWith('-lock')).map(({ name }) => name);
  const entries = await Promise.all(files.map(async (name) => [name, await readFile(join(folder, name), 'utf8')]));
  return Object.fromEntries(entries) as Record<string, string>;
}

describe('A replacement that was decided', () => {
  it.each(Array.from({ length: 11 }, (_, steps) => steps))(
    'is finished by whoever opens the database next, after a kill behind %i of its steps',
    async (steps) => {
      const { folder, path, replacements } = await prepare();
      // The journal itself, as a process that is killed right behind it leaves it.
      await writeFile(`${path}-restore`, JSON.stringify(replacements));
      for (const step of stepsOf(replacements).slice(0, steps)) await step();
      const uses = await Promise.all([useDatabaseFile(path), useDatabaseFile(path), useDatabaseFile(path)]);
      expect(await read(folder)).toEqual(after);
      expect(await read(join(folder, 'kept'))).toEqual(before);
      for (const use of uses) use.release();
    },
  );

  it('did not happen before its journal has its name', async () => {
    const { folder, path, replacements } = await prepare();
    await writeFile(`${path}-restore.part`, JSON.stringify(replacements).slice(0, 40));
    (await useDatabaseFile(path)).release();
    await rm(`${path}-restore.part`);
    expect(await read(folder)).toEqual(before);
    await replaceFiles(path, replacements);
    expect(await read(folder)).toEqual(after);
  });
});

describe('The lock of a database file', () => {
  it('is shared by its users, and had by one alone only without them', async () => {
    const path = join(await temporaryFolder(), 'a.db');
    const [first, second] = [await useDatabaseFile(path), await useDatabaseFile(path)];
    expect(lockDatabaseFile(path)).toBeNull();
    first.release();
    expect(lockDatabaseFile(path)).toBeNull();
    second.release();
    const alone = lockDatabaseFile(path);
    expect(alone).not.toBeNull();
    expect(lockFile(`${path}-lock`, 'shared')).toBeNull();
    const waiting = useDatabaseFile(path);
    setTimeout(() => alone?.release(), 200);
    (await waiting).release();
  });
});
