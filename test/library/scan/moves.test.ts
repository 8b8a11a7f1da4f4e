import { copyFile, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { openScanLibrary } from '../../support/scan-library.ts';
import { pathOrderOf } from '../../../src/library/metadata/sort-keys.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

describeOnEachDatabase('A scan that finds files at other paths', (open) => {
  async function openTwoCategories(files: string[]) {
    const database = await open();
    const [photoRoot, albumRoot] = [await temporaryFolder(), await temporaryFolder()];
    await writeFiles(photoRoot, files);
    const photos = categoryOf({ key: 'photos', rootPath: photoRoot });
    const albums = categoryOf({ key: 'albums', rootPath: albumRoot });
    const library = await openScanLibrary(database, [photos, albums]);
    await library.scan();
    await library.probe();
    return { database, photoRoot, albumRoot, library };
  }

  it('keeps the item of a renamed file, with everything that it had', async () => {
    const { database, photoRoot, library } = await openTwoCategories(['a.jpg', 'keep.jpg']);
    await database.prisma.mediaItem.updateMany({
      where: { filename: 'a.jpg' },
      data: { sha256: 'a'.repeat(64), posterPath: 'p.jpg', description: 'ours', searchText: 'a\nours\na.jpg' },
    });
    const before = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'a.jpg' } });
    await mkdir(join(photoRoot, 'Ärger'));
    await rename(join(photoRoot, 'a.jpg'), join(photoRoot, 'Ärger/b_c.jpg'));
    const { only, summary } = await library.scan();
    expect(only).toMatchObject({ moved: 1, added: 0, updated: 0, missing: 0, unchanged: 1, filesFound: 2, notes: [] });
    expect(summary.loggedMissing).toBe(0);
    expect(await database.prisma.mediaItem.findUniqueOrThrow({ where: { id: before.id } })).toEqual({
      ...before,
      relativePath: 'Ärger/b_c.jpg',
      pathOrder: pathOrderOf('Ärger/b_c.jpg'),
      filename: 'b_c.jpg',
      title: 'b c',
      titleKey: 'b c',
      signature: expect.stringContaining(before.signature.slice(0, before.signature.lastIndexOf('-'))),
      searchText: 'a\nours\narger/b_c.jpg',
      updatedAt: expect.any(Date),
      lastSeenAt: expect.any(Date),
    });
    expect(await library.deletions()).toEqual([]);
    expect((await library.scan()).only).toMatchObject({ unchanged: 2, moved: 0 });
  });

  it('keeps the items of a renamed folder, also where files in it are alike', async () => {
    const { database, photoRoot, library } = await openTwoCategories(['old/one/a.jpg', 'old/two/a.jpg', 'keep.jpg']);
    await writeFile(join(photoRoot, 'old/one/cover.jpg'), 'the same cover');
    await writeFile(join(photoRoot, 'old/two/cover.jpg'), 'the same cover');
    await library.scan();
    await library.probe();
    const before = await idsByPath(database);
    await rename(join(photoRoot, 'old'), join(photoRoot, 'new'));
    expect((await library.scan()).only).toMatchObject({ moved: 4, added: 0, missing: 0, notes: [] });
    const renamed = Object.entries(before).map(([path, id]) => [path.replace(/^old/, 'new'), id]);
    expect(await idsByPath(database)).toEqual(Object.fromEntries(renamed));
  });

  it('follows a file into another category, whichever of the two is scanned first', async () => {
    const { database, photoRoot, albumRoot, library } = await openTwoCategories(['a.jpg', 'b.jpg', 'keep.jpg']);
    const before = await idsByPath(database);
    await rename(join(photoRoot, 'a.jpg'), join(albumRoot, 'a.jpg'));
    const { summary } = await library.scan();
    expect(summary.categories).toMatchObject([
      { category: 'photos', moved: 0, missing: 0 },
      { category: 'albums', moved: 1, added: 0 },
    ]);
    await rename(join(albumRoot, 'a.jpg'), join(photoRoot, 'c.jpg'));
    await writeFiles(albumRoot, ['x.jpg']);
    await library.scan();
    const { 'x.jpg': _, ...after } = await idsByPath(database);
    expect(after).toEqual({ 'b.jpg': before['b.jpg'], 'c.jpg': before['a.jpg'], 'keep.jpg': before['keep.jpg'] });
    expect(await shownUnder(database, 'c.jpg')).toBe('photos AVAILABLE');
  });

  it('follows a file that went missing in an earlier scan', async () => {
    const { database, photoRoot, albumRoot, library } = await openTwoCategories(['a.jpg', 'keep.jpg']);
    const before = await idsByPath(database);
    await rename(join(photoRoot, 'a.jpg'), join(albumRoot, 'a.jpg'));
    expect((await library.scan({ categories: ['photos'] })).only).toMatchObject({ missing: 1 });
    expect((await library.scan({ categories: ['albums'], dryRun: true })).only).toMatchObject({ moved: 0, added: 1 });
    expect((await library.scan()).summary.categories[1]).toMatchObject({ moved: 1, added: 0 });
    expect(await idsByPath(database)).toEqual(before);
    expect(await shownUnder(database, 'a.jpg')).toBe('albums AVAILABLE');
  });

  it('does not follow a copy of a file that is back, where a part is scanned that it is not in', async () => {
    const { database, photoRoot, library } = await openTwoCategories(['old/a.jpg', 'keep.jpg']);
    const before = await idsByPath(database);
    await rename(join(photoRoot, 'old'), join(photoRoot, '..', `${basename(photoRoot)}-away`));
    expect((await library.scan()).only).toMatchObject({ missing: 1 });
    await rename(join(photoRoot, '..', `${basename(photoRoot)}-away`), join(photoRoot, 'old'));
    await mkdir(join(photoRoot, 'new'));
    await copyFile(join(photoRoot, 'old/a.jpg'), join(photoRoot, 'new/copy.jpg'));
    expect((await library.scan({ paths: ['photos/new'] })).only).toMatchObject({ moved: 0, added: 1 });
    await copyFile(join(photoRoot, 'old/a.jpg'), join(photoRoot, 'copy.jpg'));
    expect((await library.scan({ limit: 1 })).only).toMatchObject({ moved: 0, added: 1 });
    expect((await library.scan()).only).toMatchObject({ moved: 0, updated: 1 });
    expect(await idsByPath(database)).toMatchObject(before);
  });

  it('follows files that took each other’s names', async () => {
    const { database, photoRoot, library } = await openTwoCategories(['aa.jpg', 'b.jpg', 'cccc.jpg']);
    const before = await idsByPath(database);
    await rename(join(photoRoot, 'aa.jpg'), join(photoRoot, 'aside'));
    await rename(join(photoRoot, 'b.jpg'), join(photoRoot, 'aa.jpg'));
    await rename(join(photoRoot, 'cccc.jpg'), join(photoRoot, 'b.jpg'));
    await rename(join(photoRoot, 'aside'), join(photoRoot, 'cccc.jpg'));
    expect((await library.scan()).only).toMatchObject({ moved: 3, updated: 0, added: 0, missing: 0 });
    expect(await idsByPath(database)).toEqual({
      'aa.jpg': before['b.jpg'],
      'b.jpg': before['cccc.jpg'],
      'cccc.jpg': before['aa.jpg'],
    });
  });

  it('gives a new item to the file that takes the path of a moved one', async () => {
    const { database, photoRoot, library } = await openTwoCategories(['a.jpg', 'keep.jpg']);
    const before = await idsByPath(database);
    await rename(join(photoRoot, 'a.jpg'), join(photoRoot, 'b.jpg'));
    await writeFile(join(photoRoot, 'a.jpg'), 'something else');
    expect((await library.scan()).only).toMatchObject({ moved: 1, added: 1, updated: 0, missing: 0 });
    const after = await idsByPath(database);
    expect(after['b.jpg']).toBe(before['a.jpg']);
    expect(after['a.jpg']).not.toBe(before['a.jpg']);
  });

  it('leaves the path of an item to that item when another file is moved over it', async () => {
    const { photoRoot, library } = await openTwoCategories(['a.jpg', 'bb.jpg']);
    await rename(join(photoRoot, 'a.jpg'), join(photoRoot, 'bb.jpg'));
    expect((await library.scan()).only).toMatchObject({ moved: 0, updated: 1, missing: 1 });
    expect(await library.contents()).toEqual(['MISSING a.jpg', 'AVAILABLE bb.jpg']);
  });

  it('keeps the items of a file that several categories have, since their roots overlap', async () => {
    const { database, photoRoot, library } = await openTwoCategories(['in/d/x.jpg', 'in/k.jpg', 'o.jpg']);
    const rootPaths = { all: photoRoot, same: photoRoot, inner: join(photoRoot, 'in') };
    library.configure(Object.entries(rootPaths).map(([key, rootPath]) => categoryOf({ key, rootPath })));
    await library.scan();
    await library.probe();
    const ids = async (path: string) => {
      const items = await database.prisma.mediaItem.findMany({ orderBy: { id: 'asc' }, include: { shelf: true } });
      const there = items.filter(({ rootCategory, shelf, relativePath }) => {
        const rootPath = rootPaths[rootCategory as keyof typeof rootPaths] as string | undefined;
        return rootPath && shelf.status === 'AVAILABLE' && join(rootPath, relativePath) === join(photoRoot, path);
      });
      return there.map(({ id }) => id);
    };
    const [deep, inner, outer] = [await ids('in/d/x.jpg'), await ids('in/k.jpg'), await ids('o.jpg')];
    await rename(join(photoRoot, 'in/d'), join(photoRoot, 'in/e'));
    await rename(join(photoRoot, 'in/k.jpg'), join(photoRoot, 'k2.jpg'));
    await rename(join(photoRoot, 'o.jpg'), join(photoRoot, 'in/o2.jpg'));
    const { summary } = await library.scan();
    expect(summary.categories).toMatchObject([
      { moved: 3, added: 0, missing: 0, notes: [] },
      { moved: 3, added: 0, missing: 0, notes: [] },
      { moved: 1, added: 1, missing: 1, notes: [] },
    ]);
    expect([deep, inner, outer].map(({ length }) => length)).toEqual([3, 3, 2]);
    expect(await ids('in/e/x.jpg')).toEqual(deep);
    expect(inner).toEqual(expect.arrayContaining(await ids('k2.jpg')));
    expect(await ids('in/o2.jpg')).toEqual([...outer, expect.any(Number)]);
  });

  it('guesses nothing where more than one file fits, and says so', async () => {
    const { photoRoot, library } = await openTwoCategories(['a.jpg', 'keep.jpg']);
    await copyFile(join(photoRoot, 'a.jpg'), join(photoRoot, 'copy.jpg'));
    await rename(join(photoRoot, 'a.jpg'), join(photoRoot, 'b.jpg'));
    const { only } = await library.scan();
    expect(only).toMatchObject({ moved: 0, added: 2, missing: 1 });
    expect(only.notes).toEqual([expect.stringMatching(/^2 new files may be moved ones.*: b\.jpg, copy\.jpg$/)]);
  });

  it('guesses nothing where an item without a fingerprint fits too', async () => {
    const { photoRoot, library } = await openTwoCategories(['a.jpg', 'keep.jpg']);
    await copyFile(join(photoRoot, 'a.jpg'), join(photoRoot, 'b.jpg'));
    await utimes(join(photoRoot, 'b.jpg'), 1, 1);
    await library.scan();
    await rm(join(photoRoot, 'a.jpg'));
    await rename(join(photoRoot, 'b.jpg'), join(photoRoot, 'c.jpg'));
    const { only } = await library.scan();
    expect(only).toMatchObject({ moved: 0, added: 1, missing: 2 });
    expect(only.notes).toEqual([expect.stringMatching(/^1 new files may be moved ones.*: c\.jpg$/)]);
  });

  it('lets SHA-256 decide where it is known', async () => {
    const { database, photoRoot, library } = await openTwoCategories(['keep.jpg']);
    await writeFile(join(photoRoot, 'one.jpg'), almostAlike('1'));
    await writeFile(join(photoRoot, 'two.jpg'), almostAlike('2'));
    await library.scan();
    await library.probe();
    const before = await idsByPath(database);
    for (const [filename, mark] of [
      ['one.jpg', '1'],
      ['two.jpg', '2'],
    ] as const) {
      const sha256 = createHash('sha256').update(almostAlike(mark)).digest('hex');
      await database.prisma.mediaItem.updateMany({ where: { filename }, data: { sha256 } });
    }
    await rename(join(photoRoot, 'one.jpg'), join(photoRoot, 'b.jpg'));
    await rename(join(photoRoot, 'two.jpg'), join(photoRoot, 'a.jpg'));
    expect((await library.scan()).only).toMatchObject({ moved: 2, added: 0, missing: 0, notes: [] });
    expect(await idsByPath(database)).toMatchObject({ 'a.jpg': before['two.jpg'], 'b.jpg': before['one.jpg'] });
  });

  it.each([
    ['on-match', { moved: 1, added: 0, missing: 0 }],
    ['off', { moved: 0, added: 1, missing: 1 }],
  ] as const)('finds what moved with FINGERPRINTS=%s as far as that goes', async (fingerprints, expected) => {
    const database = await open();
    const root = await temporaryFolder();
    await writeFiles(root, ['a.jpg', 'keep.jpg']);
    const photos = categoryOf({ key: 'photos', rootPath: root });
    const library = await openScanLibrary(database, [photos], { fingerprints });
    await library.scan();
    await rename(join(root, 'a.jpg'), join(root, 'b.jpg'));
    expect((await library.scan()).only).toMatchObject(expected);
  });

  it('knows a file without a fingerprint by its size and time, and drops the hash of one that has another time', async () => {
    const { database, photoRoot, library } = await openTwoCategories(['a.jpg', 'bb.jpg', 'keep.jpg']);
    await database.prisma.mediaItem.updateMany({ where: { filename: 'a.jpg' }, data: { fingerprint: null } });
    await database.prisma.mediaItem.updateMany({ data: { sha256: 'f'.repeat(64) } });
    const before = await idsByPath(database);
    await rename(join(photoRoot, 'a.jpg'), join(photoRoot, 'x.jpg'));
    await rename(join(photoRoot, 'bb.jpg'), join(photoRoot, 'y.jpg'));
    await utimes(join(photoRoot, 'y.jpg'), 1, 1);
    expect((await library.scan()).only).toMatchObject({ moved: 2, added: 0, missing: 0 });
    expect(await idsByPath(database)).toMatchObject({ 'x.jpg': before['a.jpg'], 'y.jpg': before['bb.jpg'] });
    const moved = await database.prisma.mediaItem.findMany({
      where: { filename: { in: ['x.jpg', 'y.jpg'] } },
      orderBy: { filename: 'asc' },
    });
    expect(moved.map(({ sha256 }) => sha256)).toEqual(['f'.repeat(64), null]);
    expect(moved.map(({ probedAt }) => probedAt !== null)).toEqual([true, false]);
  });

  it('takes nothing for moved from a folder that could not be read, or in a limited scan', async () => {
    const { photoRoot, library } = await openTwoCategories(['a.jpg', 'b.jpg', 'z.jpg']);
    await rename(join(photoRoot, 'z.jpg'), join(photoRoot, 'a0.jpg'));
    expect((await library.scan({ limit: 2 })).only).toMatchObject({ moved: 0, missing: 0 });
  });

  it('counts on a dry run what the real run then moves', async () => {
    const { photoRoot, library } = await openTwoCategories(['a.jpg', 'b.jpg']);
    await rename(join(photoRoot, 'a.jpg'), join(photoRoot, 'c.jpg'));
    const dry = await library.scan({ dryRun: true });
    expect(await library.contents()).toEqual(['AVAILABLE a.jpg', 'AVAILABLE b.jpg']);
    expect(dry.only).toEqual({ ...(await library.scan()).only, dryRun: true });
    expect(dry.only).toMatchObject({ moved: 1 });
    await rm(join(photoRoot, 'c.jpg'));
  });
});

async function idsByPath(database: Database): Promise<Record<string, number>> {
  const items = await database.prisma.mediaItem.findMany({ where: { shelf: { status: 'AVAILABLE' } } });
  return Object.fromEntries(items.map(({ relativePath, id }) => [relativePath, id]));
}

async function shownUnder(database: Database, filename: string): Promise<string> {
  const { shelf } = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename }, include: { shelf: true } });
  return `${shelf.category} ${shelf.status}`;
}

/** Alike in all that a fingerprint reads. */
function almostAlike(mark: string): Buffer {
  return Buffer.alloc(1_000_000, 'x').fill(mark, 100_000, 100_001);
}
