import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listLegacySources, sourceLimits } from '../../../src/library/legacy/list-sources.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const database = `SQLite format 3\0${'x'.repeat(100)}`;

async function writeTree(files: Record<string, string>): Promise<string> {
  const root = await temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return root;
}

it('finds SQLite databases by their extensions and first bytes, the nearest first', async () => {
  const root = await writeTree({
    'deep/er/b.sqlite3': database,
    'a.DB': database,
    'z.db': 'no database',
    'empty.db': '',
    'film.mp4': database,
  });
  expect(await listLegacySources([root, join(root, 'missing'), 'relative'])).toEqual([
    { path: join(root, 'a.DB'), sizeBytes: 116, modifiedAt: expect.any(Date) },
    { path: join(root, 'deep/er/b.sqlite3'), sizeBytes: 116, modifiedAt: expect.any(Date) },
  ]);
  // A folder that two roots share has its databases once.
  expect(await listLegacySources([root, join(root, 'deep')])).toHaveLength(2);
});

it('follows no symbolic links, neither to files nor to folders, and goes round no circle', async () => {
  const elsewhere = await writeTree({ 'secret.db': database });
  const root = await writeTree({ 'own.db': database });
  await symlink(join(elsewhere, 'secret.db'), join(root, 'file.db'));
  await symlink(elsewhere, join(root, 'folder'));
  await symlink(root, join(root, 'circle'));
  expect((await listLegacySources([root])).map(({ path }) => path)).toEqual([join(root, 'own.db')]);
});

it('ends at its limits', async () => {
  const root = await writeTree({ 'a.db': database, 'b.db': database, '1/c.db': database, '1/2/d.db': database });
  const count = async (limits: Partial<typeof sourceLimits>) =>
    (await listLegacySources([root], { ...sourceLimits, ...limits })).length;
  expect(await count({})).toBe(4);
  expect(await count({ sources: 1 })).toBe(1);
  expect(await count({ depth: 1 })).toBe(3);
  expect(await count({ names: 2 })).toBe(1);
});
