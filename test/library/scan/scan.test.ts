import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UnknownCategoryError } from '../../../src/library/catalogue/media-errors.ts';
import { updateMedia } from '../../../src/library/catalogue/update-media.ts';
import { InvalidInputError } from '../../../src/base/errors/domain-error.ts';
import { ScanAlreadyRunningError } from '../../../src/library/scan/scan-errors.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { openScanLibrary } from '../../support/scan-library.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

async function emptyFolder(root: string): Promise<void> {
  await rm(root, { recursive: true });
  await mkdir(root);
}

describeOnEachDatabase('A scan', (open, provider) => {
  async function openPhotos(files: string[]) {
    const database = await open();
    const root = await temporaryFolder();
    await writeFiles(root, files);
    const photos = categoryOf({
      key: 'photos',
      rootPath: root,
      includePatterns: ['**/*.jpg'],
      excludePatterns: ['**/tmp/**'],
    });
    return { database, root, photos, library: await openScanLibrary(database, [photos]) };
  }

  it('catalogues what the patterns accept and reports it', async () => {
    const { root, library } = await openPhotos([
      'a.jpg',
      'deep/er/b.JPG',
      'tmp/no.jpg',
      'notes.txt',
      'deep/tmp/no.jpg',
    ]);
    const { job, summary } = await library.scan();
    expect(job).toMatchObject({ status: 'SUCCEEDED', failure: null, progress: { done: 2, total: 2 } });
    expect(summary).toEqual({
      scannedAt: expect.any(String),
      dryRun: false,
      configVersion: 3,
      selectedCategories: ['photos'],
      loggedMissing: 0,
      categories: [
        {
          category: 'photos',
          rootPath: root,
          filesFound: 2,
          filesScanned: 2,
          added: 2,
          updated: 0,
          unchanged: 0,
          moved: 0,
          missing: 0,
          missingPaths: [],
          errors: [],
          limited: false,
          stillChanging: 0,
          dryRun: false,
          held: false,
          rootExists: true,
          notes: [],
        },
      ],
    });
    expect(await library.contents()).toEqual(['AVAILABLE a.jpg', 'AVAILABLE deep/er/b.JPG']);
  });

  it('finds nothing to do the second time and writes no item', async () => {
    const { database, library } = await openPhotos(['a.jpg', 'b.jpg']);
    await library.scan();
    const before = await database.prisma.mediaItem.findMany();
    const { only } = await library.scan();
    expect(only).toMatchObject({ added: 0, updated: 0, unchanged: 2, missing: 0 });
    expect(await database.prisma.mediaItem.findMany()).toEqual(before);
  });

  it('marks what is gone missing, once, logs it, and revives it with everything it had', async () => {
    const { database, root, library } = await openPhotos(['a.jpg', 'b.jpg']);
    await library.scan();
    await database.prisma.mediaItem.updateMany({
      where: { filename: 'a.jpg' },
      data: { sha256: 'a'.repeat(64), posterPath: 'p.jpg' },
    });
    await rename(join(root, 'a.jpg'), join(root, 'a.jpg.away'));
    const { only, summary } = await library.scan();
    expect(only).toMatchObject({ missing: 1, missingPaths: ['a.jpg'], unchanged: 1 });
    expect(summary.loggedMissing).toBe(1);
    expect(await library.contents()).toEqual(['MISSING a.jpg', 'AVAILABLE b.jpg']);
    expect(await library.deletions()).toEqual([
      {
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        category: 'photos',
        root_path: root,
        path: 'a.jpg',
        previous_status: 'available',
        action: 'marked_missing',
      },
    ]);

    expect((await library.scan()).only).toMatchObject({ missing: 0, missingPaths: [] });
    expect(await library.deletions()).toHaveLength(1);

    await rename(join(root, 'a.jpg.away'), join(root, 'a.jpg'));
    expect((await library.scan()).only).toMatchObject({ added: 0, updated: 1, unchanged: 1 });
    const item = await database.prisma.mediaItem.findFirstOrThrow({
      where: { filename: 'a.jpg' },
      include: { shelf: true },
    });
    expect(item).toMatchObject({
      sha256: 'a'.repeat(64),
      posterPath: 'p.jpg',
      missingSince: null,
      shelf: { status: 'AVAILABLE' },
    });
  });

  it('changes nothing on a dry run, which counts what the real run then does', async () => {
    const { root, library } = await openPhotos(['a.jpg', 'b.jpg', 'c.jpg']);
    await library.scan();
    await rm(join(root, 'a.jpg'));
    await writeFile(join(root, 'b.jpg'), 'other bytes');
    await writeFiles(root, ['d.jpg']);
    const before = await library.contents();
    const dry = await library.scan({ dryRun: true });
    expect(await library.contents()).toEqual(before);
    expect(await library.deletions()).toEqual([]);
    const real = await library.scan();
    expect(dry.only).toEqual({ ...real.only, dryRun: true });
    expect(real.only).toMatchObject({ added: 1, updated: 1, unchanged: 1, missing: 1 });
  });

  it('marks nothing missing when it is limited, and says so', async () => {
    const { library } = await openPhotos(['a.jpg', 'b.jpg', 'c.jpg']);
    await library.scan();
    const { only } = await library.scan({ limit: 2 });
    expect(only).toMatchObject({ filesScanned: 2, unchanged: 2, missing: 0, limited: true });
    expect(only.notes[0]).toBe('processing limited to first 2 files');
    expect(await library.contents()).toEqual(['AVAILABLE a.jpg', 'AVAILABLE b.jpg', 'AVAILABLE c.jpg']);
  });

  it.each([
    ['vanished', async (root: string) => rm(root, { recursive: true })],
    ['empty', emptyFolder],
  ])('marks nothing missing when the root is %s', async (state, spoil) => {
    const { root, library } = await openPhotos(['a.jpg']);
    await library.scan();
    await spoil(root);
    const { job, only } = await library.scan();
    expect(only).toMatchObject({ missing: 0, rootExists: state === 'empty' });
    expect(only.notes.join()).toMatch(/1 catalogued file was not found and was not marked missing/);
    expect(only.errors.map(({ code }) => code)).toEqual([state === 'empty' ? 'root_offline' : 'root_path_missing']);
    expect(job.status).toBe('SUCCEEDED_WITH_ERRORS');
    expect(await library.contents()).toEqual(['AVAILABLE a.jpg']);
  });

  it('never looks for a Windows root below its own working folder', async () => {
    const database = await open();
    const windows = categoryOf({ key: 'films', rootPath: 'test/support' });
    const library = await openScanLibrary(database, [windows]);
    const { only } = await library.scan();
    expect(only).toMatchObject({ rootExists: false, filesFound: 0, errors: [{ code: 'root_path_missing' }] });
  });

  it('leaves alone what lies below a folder that cannot be read', async () => {
    const { root, library } = await openPhotos(['ok.jpg', 'sub/a.jpg']);
    await library.scan();
    await rm(join(root, 'sub'), { recursive: true });
    await symlink('/proc', join(root, 'sub'));
    const { job, only } = await library.scan();
    expect(only).toMatchObject({ missing: 0, unchanged: 1, errors: [{ path: 'sub', code: 'SYMLINK_OUTSIDE_ROOT' }] });
    expect(job.status).toBe('SUCCEEDED_WITH_ERRORS');
    expect(await library.contents()).toEqual(['AVAILABLE ok.jpg', 'AVAILABLE sub/a.jpg']);
    const { edges } = await library.jobs.itemErrors(job.id, { count: 10, backward: false, cursor: null });
    expect(edges.map(({ node }) => node.item)).toEqual(['photos/sub']);
  });

  it('takes the other files where a path is too long for PostgreSQL, and says so', async () => {
    const database = await open();
    const root = await temporaryFolder();
    const deep = Array.from({ length: 13 }, () => randomBytes(110).toString('hex')).join('/');
    await writeFiles(root, ['a.jpg', `${deep}/b.jpg`, 'c.jpg']);
    const shortcut = { fullEveryMs: 60_000, settledMs: 0 };
    const library = await openScanLibrary(database, [categoryOf({ key: 'photos', rootPath: root })], { shortcut });
    const { job, only } = await library.scan();
    expect(job.status).toBe(provider === 'sqlite' ? 'SUCCEEDED' : 'SUCCEEDED_WITH_ERRORS');
    expect(only.errors.map(({ code, path }) => [code, path])).toEqual(
      provider === 'sqlite' ? [] : [['PATH_TOO_LONG', `${deep}/b.jpg`]],
    );
    expect(await library.contents()).toEqual(
      ['a.jpg', ...(provider === 'sqlite' ? [`${deep}/b.jpg`] : []), 'c.jpg']
        .map((path) => `AVAILABLE ${path}`)
        .sort((one, other) => (one < other ? -1 : 1)),
    );
  });

  it('keeps a deleted item deleted, whether its file is there or not', async () => {
    const { database, root, library } = await openPhotos(['a.jpg', 'b.jpg', 'keep.jpg']);
    await library.scan();
    const deleted = await database.prisma.shelf.findFirstOrThrow({ where: { status: 'DELETED' } });
    await database.prisma.mediaItem.updateMany({
      where: { filename: { in: ['a.jpg', 'b.jpg'] } },
      data: { shelfId: deleted.id },
    });
    await rm(join(root, 'a.jpg'));
    await writeFile(join(root, 'b.jpg'), 'changed');
    expect((await library.scan()).only).toMatchObject({ added: 0, updated: 0, missing: 0 });
    expect(await library.contents()).toEqual(['DELETED a.jpg', 'DELETED b.jpg', 'AVAILABLE keep.jpg']);
  });

  it('keeps what a person said of an item when its file changes', async () => {
    const { database, root, photos, library } = await openPhotos(['a.jpg']);
    const albums = categoryOf({ key: 'albums', rootPath: await temporaryFolder() });
    library.configure([photos, albums]);
    await library.scan();
    const { id } = await database.prisma.mediaItem.findFirstOrThrow();
    const categories = { findCategory: (key: string) => [photos, albums].find((category) => category.key === key) };
    await updateMedia(database, categories, id, {
      title: 'Ours',
      description: 'D',
      category: 'albums',
      metadata: { stars: 5 },
    });
    await writeFile(join(root, 'a.jpg'), 'other bytes');
    await utimes(join(root, 'a.jpg'), 1, 1);
    expect((await library.scan()).only).toMatchObject({ updated: 1 });
    const item = await database.prisma.mediaItem.findUniqueOrThrow({ where: { id }, include: { shelf: true } });
    expect(item).toMatchObject({
      title: 'Ours',
      description: 'D',
      customMetadata: { stars: 5 },
      sizeBytes: 11n,
      modifiedAt: new Date(1000),
      shelf: { category: 'albums', status: 'AVAILABLE' },
    });
  });

  it('describes unchanged files again when the configuration of their category changed', async () => {
    const { database, photos, library } = await openPhotos(['Alps/a.jpg']);
    await library.scan();
    library.configure([
      {
        ...photos,
        hierarchyLevels: [
          { name: 'album', key: 'album' },
          { name: 'picture', key: 'picture' },
        ],
      },
    ]);
    expect((await library.scan()).only).toMatchObject({ updated: 1, unchanged: 0 });
    expect((await library.scan()).only).toMatchObject({ updated: 0, unchanged: 1 });
    const item = await database.prisma.mediaItem.findFirstOrThrow();
    expect(item.hierarchy).toEqual([
      { name: 'album', value: 'Alps' },
      { name: 'picture', value: 'a' },
    ]);
  });

  it('describes items again whose folder cannot be looked at, and leaves them where they are', async () => {
    const { database, root, photos, library } = await openPhotos(['Alps/a.jpg', 'b.jpg']);
    const elsewhere = await temporaryFolder();
    await library.scan();
    await database.prisma.mediaItem.updateMany({ data: { sha256: 'a'.repeat(64) } });
    const before = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'a.jpg' } });
    await rename(join(root, 'Alps'), join(elsewhere, 'Alps'));
    await symlink(join(elsewhere, 'Alps'), join(root, 'Alps'));
    const hierarchyLevels = ['album', 'picture'].map((name) => ({ name, key: name }));
    library.configure([{ ...photos, hierarchyLevels }]);
    expect((await library.scan()).only).toMatchObject({ updated: 2, missing: 0 });
    expect((await library.scan()).only).toMatchObject({ updated: 0, missing: 0 });
    const { updatedAt, lastSeenAt, ...item } = await database.prisma.mediaItem.findFirstOrThrow({
      where: { filename: 'a.jpg' },
    });
    expect({ ...before, hierarchy: item.hierarchy, updatedAt, lastSeenAt }).toEqual({ ...item, updatedAt, lastSeenAt });
    expect(item.hierarchy).toEqual([
      { name: 'album', value: 'Alps' },
      { name: 'picture', value: 'a' },
    ]);
    expect(await library.contents()).toEqual(['AVAILABLE Alps/a.jpg', 'AVAILABLE b.jpg']);
  });

  it('scans the chosen categories alone', async () => {
    const { root, photos, library } = await openPhotos(['a.jpg']);
    await mkdir(join(root, '../unused'), { recursive: true });
    const other = categoryOf({ key: 'other', rootPath: await temporaryFolder() });
    await writeFiles(other.rootPath, ['x.jpg']);
    library.configure([photos, other]);
    expect((await library.scan({ categories: ['other'] })).summary).toMatchObject({
      selectedCategories: ['other'],
      categories: [{ category: 'other', added: 1 }],
    });
    expect(await library.contents()).toEqual(['AVAILABLE x.jpg']);
  });

  it('refuses unknown categories, a limit under 1, an empty selection and a second scan of the same category', async () => {
    const { library } = await openPhotos(Array.from({ length: 300 }, (_, index) => `${index}.jpg`));
    await expect(library.scanner.start({ categories: ['photos', 'nope'] })).rejects.toThrow(UnknownCategoryError);
    await expect(library.scanner.start({ limit: 0 })).rejects.toThrow(InvalidInputError);
    await expect(library.scanner.start({ categories: [] })).rejects.toThrow(InvalidInputError);
    const release = library.hold();
    const first = await library.scanner.start({});
    await expect(library.scanner.start({})).rejects.toThrow(new ScanAlreadyRunningError(first.id, ['photos']));
    expect(await library.scanner.activeScan()).toMatchObject({ id: first.id });
    release();
    await library.jobs.waitFor(first.id);
    expect(await library.scanner.activeScan()).toBeNull();
    expect(await library.scanner.lastScan()).toMatchObject({ categories: [{ added: 300 }] });
  });

  it('can be cancelled, and the next scan completes what it left', async () => {
    const { library } = await openPhotos(Array.from({ length: 3000 }, (_, index) => `${index % 50}/${index}.jpg`));
    const { id } = await library.scanner.start({});
    await library.jobs.cancel(id);
    expect(await library.jobs.waitFor(id)).toMatchObject({ status: 'CANCELLED' });
    const { only } = await library.scan();
    expect(only.added + only.unchanged).toBe(3000);
    expect(await library.contents()).toHaveLength(3000);
  });

  it('keeps the roots in the system settings, and the first root as it was', async () => {
    const { database, root, photos, library } = await openPhotos(['a.jpg']);
    await library.scan();
    const elsewhere = await temporaryFolder();
    library.configure([{ ...photos, rootPath: elsewhere }]);
    await library.scan();
    const setting = await database.prisma.systemSetting.findUniqueOrThrow({ where: { key: 'database' } });
    expect(setting.value).toEqual({ media_scan_directories: { photos: elsewhere }, media_scan_root: root });
  });
});
