import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/base/errors/domain-error.ts';
import { catalogueFiles, categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { openScanLibrary } from '../../support/scan-library.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

describeOnEachDatabase('A scan of chosen paths', (open) => {
  async function openPhotos(files: string[]) {
    const database = await open();
    const root = await temporaryFolder();
    await writeFiles(root, files);
    const photos = categoryOf({ key: 'photos', rootPath: root, excludePatterns: ['**/tmp/**'] });
    const library = await openScanLibrary(database, [photos]);
    await library.scan();
    return { database, root, library };
  }

  it('finds what is new, changed and gone below them, and nothing elsewhere', async () => {
    const { root, library } = await openPhotos(['a/1.jpg', 'a/b/2.jpg', 'a-b/3.jpg', 'a.jpg', 'c/4.jpg', 'd.jpg']);
    await rm(join(root, 'a/b'), { recursive: true });
    await rm(join(root, 'c/4.jpg'));
    await rm(join(root, 'a-b/3.jpg'));
    await writeFiles(root, ['a/new.jpg', 'c/new.jpg', 'tmp/no.jpg']);
    await writeFile(join(root, 'd.jpg'), 'other bytes');
    const { only } = await library.scan({ paths: ['photos/a/', 'photos/d.jpg', 'photos/a/b', 'photos/tmp/x'] });
    expect(only).toMatchObject({ added: 1, updated: 1, missing: 1, missingPaths: ['a/b/2.jpg'], errors: [] });
    expect(await library.contents()).toEqual(
      ['a-b/3.jpg', 'a.jpg', 'a/1.jpg', 'a/b/2.jpg', 'a/new.jpg', 'c/4.jpg', 'd.jpg'].map(
        (path) => `${path === 'a/b/2.jpg' ? 'MISSING' : 'AVAILABLE'} ${path}`,
      ),
    );
    expect((await library.scan()).only).toMatchObject({ added: 1, missing: 2 });
  });

  it('marks missing what was below a folder, or at a file, that is gone', async () => {
    const { root, library } = await openPhotos(['a/1.jpg', 'b.jpg', 'c.jpg']);
    await rm(join(root, 'a'), { recursive: true });
    await rm(join(root, 'b.jpg'));
    const { only } = await library.scan({ paths: ['photos/a', 'photos/b.jpg'] });
    expect(only).toMatchObject({ missing: 2, filesFound: 0, notes: [] });
  });

  it('follows a file from one of them to another', async () => {
    const { root, library } = await openPhotos(['a/1.jpg', 'b/2.jpg']);
    await rename(join(root, 'a/1.jpg'), join(root, 'b/1.jpg'));
    expect((await library.scan({ paths: ['photos/b', 'photos/a'] })).only).toMatchObject({ moved: 1, missing: 0 });
  });

  it('says nothing about a place behind a link that leads out, or a link without a target', async () => {
    const { root, library } = await openPhotos(['a/1.jpg', 'b.jpg']);
    await rm(join(root, 'a'), { recursive: true });
    await symlink('/proc', join(root, 'a'));
    await rm(join(root, 'b.jpg'));
    await symlink('nowhere', join(root, 'b.jpg'));
    const { only } = await library.scan({ paths: ['photos/a', 'photos/b.jpg'] });
    expect(only).toMatchObject({ missing: 0 });
    expect(only.errors.map(({ code }) => code)).toEqual(['SYMLINK_OUTSIDE_ROOT', 'BROKEN_SYMLINK']);
  });

  it('is not taken for a complete scan', async () => {
    const { database, library } = await openPhotos(['a/1.jpg']);
    const before = await database.prisma.categoryScan.findFirstOrThrow();
    await library.scan({ paths: ['photos/a'] });
    const after = await database.prisma.categoryScan.findFirstOrThrow();
    expect(after.lastCompleteAt).toEqual(before.lastCompleteAt);
    expect(after.lastScannedAt.getTime()).toBeGreaterThan(before.lastScannedAt.getTime());
  });

  it('is a scan of the whole category where the path is its key alone', async () => {
    const database = await open();
    const photos = categoryOf({ key: 'photos', rootPath: await temporaryFolder() });
    await catalogueFiles(database, photos, [{ relativePath: 'uploaded.jpg' }], new Date(0));
    const library = await openScanLibrary(database, [photos]);
    const { only } = await library.scan({ paths: ['photos'] });
    expect(only.notes).toEqual([expect.stringContaining('it may be an unmounted disk')]);
    expect(await library.contents()).toEqual(['AVAILABLE uploaded.jpg']);
    await writeFiles(photos.rootPath, ['new.jpg']);
    await library.scan({ paths: ['photos'] });
    library.configure([{ ...photos, hierarchyLevels: [{ name: 'year', key: 'year' }] }]);
    expect((await library.scan({ paths: ['photos'] })).only).toMatchObject({ updated: 1, unchanged: 0 });
    expect((await library.scan({ paths: ['photos'] })).only).toMatchObject({ updated: 0, unchanged: 1 });
  });

  it('leaves files that may still be written to a later scan, whether they are new or known', async () => {
    const { root, library } = await openPhotos(['old.jpg', 'known.jpg']);
    await utimes(join(root, 'old.jpg'), 1, 1);
    await mkdir(join(root, 'x'));
    await writeFiles(root, ['x/growing.jpg']);
    const { job, only } = await library.scan({ restMs: 60_000 });
    expect(only).toMatchObject({ added: 0, updated: 1, missing: 0, stillChanging: 2, errors: [] });
    expect(job.status).toBe('SUCCEEDED');
    await utimes(join(root, 'x/growing.jpg'), 2, 2);
    expect((await library.scan({ restMs: 60_000 })).only).toMatchObject({ added: 1, missing: 0, stillChanging: 1 });
  });

  it.each([['photos/../x'], ['photos//x'], ['/photos'], ['photos/./x'], ['photos/\0']])('refuses %j', async (path) => {
    const { library } = await openPhotos([]);
    await expect(library.scan({ paths: [path] })).rejects.toThrow(InvalidInputError);
  });

  it('takes either paths or categories', async () => {
    const { library } = await openPhotos([]);
    await expect(library.scan({ paths: ['photos/a'], categories: ['photos'] })).rejects.toThrow(InvalidInputError);
    await expect(library.scan({ paths: [] })).rejects.toThrow(InvalidInputError);
  });
});
