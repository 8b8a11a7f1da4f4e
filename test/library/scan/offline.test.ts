import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CategoryConfig } from '../../../src/base/config/media-config.ts';
import { identifyRoot, type RootIdentity } from '../../../src/library/roots/recognise-root.ts';
import { createRoots } from '../../../src/library/roots/roots.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { openScanLibrary, type ScanLibrary } from '../../support/scan-library.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

describeOnEachDatabase('The root of a category', (open) => {
  /** `swap` puts another folder into the root's place, as mounting a disk does, and gives the way back. */
  async function openPhotos(overrides: Partial<CategoryConfig> = {}) {
    const database = await open();
    const folder = await temporaryFolder();
    const root = join(folder, 'root');
    await writeFiles(root, ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']);
    const photos = categoryOf({ key: 'photos', rootPath: root, ...overrides });
    const library = await openScanLibrary(database, [photos]);
    await library.scan();
    const recognise = () => createRoots({ database }).recognise(photos);
    async function swap(files: string[]) {
      await rename(root, join(folder, 'away'));
      await mkdir(root);
      await writeFiles(root, files);
      return async () => {
        await rename(root, join(folder, `other ${Date.now()}`));
        await rename(join(folder, 'away'), root);
      };
    }
    return { database, root, photos, library, recognise, swap };
  }
  const all = ['AVAILABLE a.jpg', 'AVAILABLE b.jpg', 'AVAILABLE c.jpg', 'AVAILABLE d.jpg'];

  it('gets a marker that is never catalogued, unless the category wants none', async () => {
    const { root, library } = await openPhotos();
    expect(await readFile(join(root, '.mediashelf-root'), 'utf8')).toMatch(/^mediashelf knows.*\n[0-9a-f-]{36}\n$/);
    expect((await library.scan()).only).toMatchObject({ filesFound: 4, unchanged: 4, added: 0 });
    const unmarked = await openPhotos({ rootMarker: false });
    expect(existsSync(join(unmarked.root, '.mediashelf-root'))).toBe(false);
  });

  it.each([true, false])(
    'is told from an unmounted and from another disk (marker: %s), and comes back without a write',
    async (rootMarker) => {
      const { database, library, recognise, swap } = await openPhotos({ rootMarker });
      const before = await database.prisma.mediaItem.findMany();
      for (const files of [[], ['other.jpg', 'another.jpg']]) {
        const swapBack = await swap(files);
        expect(await recognise()).toMatchObject({ state: 'OFFLINE', exists: true });
        const { job, only } = await library.scan();
        expect(only).toMatchObject({ added: 0, updated: 0, moved: 0, missing: 0, errors: [{ code: 'root_offline' }] });
        expect(job.status).toBe('SUCCEEDED_WITH_ERRORS');
        await swapBack();
        expect(await recognise()).toMatchObject({ state: 'ONLINE', isCertain: rootMarker });
        expect(await database.prisma.mediaItem.findMany()).toEqual(before);
      }
      expect((await library.scan()).only).toMatchObject({ unchanged: 4, missing: 0 });
      expect(await library.deletions()).toEqual([]);
    },
  );

  it('that is swapped between the look at it and the walk changes nothing', async () => {
    const { library, swap } = await openPhotos();
    const letGo = library.hold();
    const scanning = library.scan();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await swap(['other.jpg']);
    letGo();
    expect((await scanning).only).toMatchObject({ added: 0, missing: 0, errors: [{ code: 'root_offline' }] });
    expect(await library.contents()).toEqual(all);
  });

  it('that is swapped after its walk, while another is surveyed, changes nothing and gets no marker', async () => {
    const { database, root, photos, swap } = await openPhotos();
    const other = await temporaryFolder();
    await writeFiles(other, ['z.jpg']);
    const library = await openScanLibrary(database, [photos, categoryOf({ key: 'others', rootPath: other })], {
      onWalk: async (rootPath) => void (rootPath === other && (await swap(['other.jpg']))),
    });
    await rm(join(root, 'a.jpg'));
    await rename(join(root, 'b.jpg'), join(root, 'bb.jpg'));
    const { job, summary } = await library.scan();
    expect(summary.categories).toMatchObject([
      { added: 0, updated: 0, moved: 0, missing: 0, errors: [{ code: 'root_offline' }] },
      { added: 1, errors: [] },
    ]);
    expect(job.status).toBe('SUCCEEDED_WITH_ERRORS');
    expect(await library.contents()).toEqual([...all, 'AVAILABLE z.jpg']);
    expect(existsSync(join(root, '.mediashelf-root'))).toBe(false);
    expect(await createRoots({ database }).recognise(photos)).toMatchObject({ state: 'OFFLINE' });
  });

  it('that is swapped right before it is remembered gets no marker', async () => {
    const { database, root, photos, swap } = await openPhotos();
    const before = await identifyRoot(root);
    await swap(['other.jpg']);
    await createRoots({ database }).remember(photos, before as RootIdentity);
    expect(existsSync(join(root, '.mediashelf-root'))).toBe(false);
  });

  it('that is another disk gives nothing to an empty catalogue either', async () => {
    const { database, root, library, swap } = await openPhotos();
    await database.prisma.mediaItem.deleteMany();
    await swap(['other.jpg']);
    await writeFile(join(root, '.mediashelf-root'), '11111111-1111-4111-8111-111111111111');
    expect((await library.scan()).only).toMatchObject({ added: 0, errors: [{ code: 'root_offline' }] });
    expect(await library.contents()).toEqual([]);
  });

  it('that lies in the root of another category takes nothing from that one while it is away', async () => {
    const { root, photos, library, swap } = await openPhotos();
    const outer = join(root, '..');
    await writeFiles(outer, ['root/deep/e.jpg', 'x.jpg', 'y.jpg']);
    library.configure([categoryOf({ key: 'all', rootPath: outer, excludePatterns: ['away/**'] }), photos]);
    await library.scan();
    const before = await library.contents();
    const back = await swap([]);
    await rm(join(outer, 'x.jpg'));
    for (const categories of [null, ['all']]) {
      const { only } = await library.scan({ categories });
      expect(only.notes).toEqual([expect.stringMatching(/^5 catalogued files .* are offline: root$/)]);
    }
    const now = before.map((line) => line.replace('AVAILABLE x', 'MISSING x'));
    expect(await library.contents()).toEqual(now);
    await back();
    expect((await library.scan()).only).toMatchObject({ missing: 0, unchanged: 6, notes: [] });
    expect(await library.contents()).toEqual(now);
  });

  it('is offline when it is not there at all', async () => {
    const { root, library, recognise } = await openPhotos();
    await rename(root, `${root}-away`);
    expect(await recognise()).toMatchObject({ state: 'OFFLINE', exists: false });
    expect((await library.scan()).only).toMatchObject({ rootExists: false, errors: [{ code: 'root_path_missing' }] });
    await rename(`${root}-away`, root);
    expect(await recognise()).toMatchObject({ state: 'ONLINE' });
  });

  it('that is there and empty has lost its files', async () => {
    const { root, library } = await openPhotos();
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']) await rm(join(root, name));
    expect((await library.scan()).only).toMatchObject({ filesFound: 0, missing: 4, errors: [], notes: [] });
  });

  it('is known by its files where the marker was deleted, and gets a new one', async () => {
    const { root, library, recognise } = await openPhotos();
    const marker = join(root, '.mediashelf-root');
    const before = await readFile(marker, 'utf8');
    await rm(marker);
    expect(await recognise()).toEqual({ state: 'ONLINE', isCertain: false });
    await library.scan();
    expect(await readFile(marker, 'utf8')).not.toBe(before);
    expect(await recognise()).toEqual({ state: 'ONLINE', isCertain: true });
  });

  it('is known to all categories that share it, also where its marker was deleted', async () => {
    const database = await open();
    const rootPath = await temporaryFolder();
    await writeFiles(rootPath, ['a.jpg', 'b.mp4']);
    const photos = categoryOf({ key: 'photos', rootPath, includePatterns: ['**/*.jpg'] });
    const films = categoryOf({ key: 'films', rootPath, includePatterns: ['**/*.mp4'] });
    const library = await openScanLibrary(database, [photos, films]);
    const known = () => Promise.all([photos, films].map((category) => createRoots({ database }).recognise(category)));
    const certain = { state: 'ONLINE', isCertain: true };
    await library.scan();
    expect(await known()).toEqual([certain, certain]);
    for (const categories of [['photos'], ['films'], null]) {
      await rm(join(rootPath, '.mediashelf-root'));
      await library.scan({ categories });
      expect(await known()).toEqual([certain, certain]);
    }
  });

  async function openShared() {
    const database = await open();
    const rootPath = await temporaryFolder();
    await writeFiles(rootPath, ['a.jpg', 'b.mp4']);
    const photos = categoryOf({ key: 'photos', rootPath, includePatterns: ['**/*.jpg'] });
    const films = categoryOf({ key: 'films', rootPath, includePatterns: ['**/*.mp4'] });
    const known = () => Promise.all([photos, films].map((category) => createRoots({ database }).recognise(category)));
    return { database, rootPath, photos, films, known, certain: { state: 'ONLINE', isCertain: true } };
  }

  it('is noted once where two categories of it are scanned for the first time at the same time', async () => {
    const { database, photos, films, known, certain } = await openShared();
    const scanned: unknown[] = [];
    let looks = 0;
    const library: ScanLibrary = await openScanLibrary(database, [photos, films], {
      // The other category is scanned as a whole between the walk of this one and its end.
      onRecognised: async () => {
        looks += 1;
        if (looks === 2) scanned.push((await library.scan({ categories: ['films'] })).only);
      },
    });
    const { job, only } = await library.scan({ categories: ['photos'] });
    expect([only, ...scanned]).toMatchObject([
      { added: 1, errors: [] },
      { added: 1, errors: [] },
    ]);
    expect(job.status).toBe('SUCCEEDED');
    expect(await known()).toEqual([certain, certain]);
  });

  it('gets one marker, however many remember it at the same time', async () => {
    const { database, rootPath, photos, films, known, certain } = await openShared();
    const library = await openScanLibrary(database, [photos, films]);
    await library.scan();
    for (let round = 0; round < 25; round += 1) {
      await rm(join(rootPath, '.mediashelf-root'));
      const unmarked = (await identifyRoot(rootPath)) as RootIdentity;
      // Two processes do not share what is in memory.
      const remember = [photos, films].map((category) =>
        createRoots({ database }).remember(category, unmarked, [photos, films]),
      );
      await Promise.all(remember);
      expect(await known()).toEqual([certain, certain]);
    }
    expect(await readdir(rootPath)).toEqual(['.mediashelf-root', 'a.jpg', 'b.mp4']);
  });

  it('is known to all that share it where another machine noted it for one, and its marker was lost', async () => {
    const { database, rootPath, photos, films, known, certain } = await openShared();
    const library = await openScanLibrary(database, [photos, films]);
    await library.scan();
    const { rootIdentity } = await database.prisma.categoryScan.findUniqueOrThrow({ where: { category: 'films' } });
    const elsewhere = { ...(rootIdentity as RootIdentity), device: '77', machine: 'another' };
    await database.prisma.categoryScan.update({
      where: { category: 'films' },
      data: { rootIdentity: elsewhere },
    });
    await rm(join(rootPath, '.mediashelf-root'));
    await library.scan({ categories: ['photos'] });
    expect(await known()).toEqual([certain, certain]);
  });

  it('is judged by its files where its marker was lost, not by the number of a device of another machine', async () => {
    const { database, root, recognise } = await openPhotos();
    await rm(join(root, '.mediashelf-root'));
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await rm(join(root, name));
    expect(await recognise()).toMatchObject({ state: 'ONLINE' });
    const { rootIdentity } = await database.prisma.categoryScan.findUniqueOrThrow({ where: { category: 'photos' } });
    const elsewhere = { ...(rootIdentity as RootIdentity), machine: 'another' };
    await database.prisma.categoryScan.update({
      where: { category: 'photos' },
      data: { rootIdentity: elsewhere },
    });
    expect(await recognise()).toMatchObject({ state: 'OFFLINE', reason: expect.stringContaining('1 of 4 files') });
  });

  it('may be another disk from now on, if that is wanted', async () => {
    const { root, library, recognise, swap } = await openPhotos();
    await swap(['a.jpg', 'new.jpg']);
    await cp(root, `${root}-copy`, { recursive: true });
    await writeFile(join(root, '.mediashelf-root'), '11111111-1111-4111-8111-111111111111');
    expect(await recognise()).toMatchObject({ state: 'OFFLINE' });
    expect((await library.scan({ adoptRoot: true })).only).toMatchObject({ added: 1, missing: 3, errors: [] });
    expect(await recognise()).toEqual({ state: 'ONLINE', isCertain: true });
  });

  it('without any file gets no marker: it may be the place of a disk that is not mounted', async () => {
    const database = await open();
    const root = await temporaryFolder();
    const library = await openScanLibrary(database, [categoryOf({ key: 'photos', rootPath: root })]);
    await library.scan();
    expect(existsSync(join(root, '.mediashelf-root'))).toBe(false);
  });
});
