import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { CategoryConfig } from '../../../src/base/config/media-config.ts';
import { removeRow } from '../../../src/library/removal/delete-media.ts';
import { createRemoval } from '../../../src/library/removal/removal.ts';
import { createRoots } from '../../../src/library/roots/roots.ts';
import { decodeFolders } from '../../../src/library/scan/walk/known-folders.ts';
import { categoryOf } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { openScanLibrary } from '../../support/scan-library.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { plant, walk } from './walk/walked-tree.ts';

const settledMs = 20;
const hour = 3_600_000;

describeOnEachDatabase('The shortcut past unchanged folders', (openDatabase) => {
  async function open({ fullEveryMs = hour, files = ['a/1.jpg', 'a/b/2.jpg', 'c/3.jpg', '4.jpg'] } = {}) {
    const database = await openDatabase();
    const root = await temporaryFolder();
    const write = async (path: string, content = path) => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    };
    for (const path of files) await write(path);
    const configured = (overrides: Partial<CategoryConfig> = {}) =>
      categoryOf({ key: 'photos', rootPath: root, ...overrides });
    const library = await openScanLibrary(database, [configured()], { shortcut: { fullEveryMs, settledMs } });
    const scan = async (request = {}) => {
      await sleep(settledMs * 2);
      return (await library.scan(request)).only;
    };
    // The first scan leaves the root's marker behind, which changes the root.
    await scan();
    await scan();
    return { database, root, write, scan, configured, library };
  }

  it('is not taken where the last full scan was at a time that is still to come', async () => {
    const { database, write, scan } = await open();
    const lastFullAt = new Date(Date.now() + 24 * hour);
    await database.prisma.categoryScan.updateMany({ data: { lastFullAt } });
    await write('a/1.jpg', 'changed in place');
    expect(await scan()).toMatchObject({ updated: 1, unchanged: 3 });
    await write('a/1.jpg', 'changed in place once more');
    expect(await scan()).toMatchObject({ updated: 0, unchanged: 4 });
  });

  it('finds what was added, removed, moved and replaced, and counts the rest as unchanged', async () => {
    const { root, write, scan, library } = await open();
    expect(await scan()).toMatchObject({ unchanged: 4, filesFound: 4, notes: [expect.stringContaining('4 folders')] });
    await write('a/5.jpg');
    expect(await scan()).toMatchObject({ added: 1, unchanged: 4, notes: [expect.stringContaining('3 folders')] });
    await rm(join(root, 'c/3.jpg'));
    expect(await scan()).toMatchObject({ missing: 1, unchanged: 4 });
    await library.probe();
    await rename(join(root, 'a/b'), join(root, 'd'));
    expect(await scan()).toMatchObject({ moved: 1, added: 0, missing: 0, unchanged: 3 });
    await write('a/new', 'other bytes');
    await rename(join(root, 'a/new'), join(root, 'a/1.jpg'));
    expect(await scan()).toMatchObject({ updated: 1, unchanged: 3 });
    await rm(join(root, 'a'), { recursive: true });
    expect(await scan()).toMatchObject({ missing: 2, unchanged: 2 });
    expect(await library.contents()).toEqual([
      'AVAILABLE 4.jpg',
      'MISSING a/1.jpg',
      'MISSING a/5.jpg',
      'MISSING c/3.jpg',
      'AVAILABLE d/2.jpg',
    ]);
  });

  it('passes by a file that is changed in place, until it looks at every file again', async () => {
    const { database, write, scan } = await open();
    await write('a/1.jpg', 'changed in place');
    expect(await scan()).toMatchObject({ updated: 0, unchanged: 4 });
    expect(await scan({ full: true, dryRun: true })).toMatchObject({ updated: 1, unchanged: 3, notes: [] });
    expect(await scan({ paths: ['photos/a'], dryRun: true })).toMatchObject({ updated: 1 });
    await database.prisma.categoryScan.updateMany({ data: { lastFullAt: new Date(Date.now() - hour) } });
    expect(await scan()).toMatchObject({ updated: 1, unchanged: 3, notes: [] });
    expect(await scan()).toMatchObject({ unchanged: 4, notes: [expect.stringContaining('4 folders')] });
  });

  it('looks at every file once more where a row went and its file stayed, or where other files are chosen', async () => {
    const { database, scan, configured, library } = await open();
    const item = await database.prisma.mediaItem.findFirstOrThrow({ where: { relativePath: 'c/3.jpg' } });
    const found = { ...item, rootPath: null, copypartyPath: null, status: 'AVAILABLE' };
    await removeRow({ database, deletionsLog: { note: async () => undefined } }, found);
    expect(await scan()).toMatchObject({ added: 1, unchanged: 3, notes: [] });
    expect(await scan()).toMatchObject({ unchanged: 4, notes: [expect.stringContaining('4 folders')] });
    library.configure([configured({ excludePatterns: ['**/2.jpg'] })]);
    expect(await scan()).toMatchObject({ missing: 1, unchanged: 3, notes: [] });
    library.configure([configured()]);
    expect(await scan()).toMatchObject({ updated: 1, unchanged: 3, notes: [] });
  });

  it('looks at every file once more where an item is restored whose file was replaced meanwhile', async () => {
    const { database, root, write, scan, configured } = await open();
    const { id } = await database.prisma.mediaItem.findFirstOrThrow({ where: { relativePath: 'c/3.jpg' } });
    const removal = createRemoval({
      database,
      mediaConfig: { findCategory: () => configured() },
      roots: createRoots({ database }),
      deletionsLog: { note: async () => undefined, resume: async () => undefined },
      events: { publish() {} },
      onRemoved: [],
      log: { error() {} },
    });
    await removal.delete(id, { soft: true, removeFile: false });
    await write('new.jpg', 'other bytes');
    await rename(join(root, 'new.jpg'), join(root, 'c/3.jpg'));
    expect(await scan()).toMatchObject({ updated: 0, unchanged: 4 });
    await scan();
    await removal.restore(id);
    expect(await scan()).toMatchObject({ updated: 1, unchanged: 3 });
    expect(await database.prisma.mediaItem.findUnique({ where: { id } })).toMatchObject({ sizeBytes: 11n });
  });

  it('looks into a folder that came in the place of another, whatever its time says', async () => {
    const { root, write, scan } = await open();
    const time = new Date(1_600_000_000_000);
    await utimes(join(root, 'c'), time, time);
    await scan();
    await write('other/9.jpg');
    await utimes(join(root, 'other'), time, time);
    await rm(join(root, 'c'), { recursive: true });
    await rename(join(root, 'other'), join(root, 'c'));
    expect(await scan()).toMatchObject({ added: 1, missing: 1, unchanged: 3 });
  });

  it('looks at what lies behind links every time', async () => {
    const { root, write, scan } = await open();
    await write('hidden/target.jpg', 'first');
    await symlink('../hidden/target.jpg', join(root, 'c/link.jpg'));
    expect(await scan()).toMatchObject({ added: 2 });
    await write('hidden/target.jpg', 'changed in place');
    expect(await scan()).toMatchObject({ updated: 1, unchanged: 5 });
  });
});

it('tells of a folder that cannot be looked at, so that it is not taken for gone when the one above has not changed', async () => {
  const root = plant('a/b/1.jpg', 'c/2.jpg');
  await sleep(settledMs * 2);
  const nothingKnown = { paths: '', signatures: '', settledMs };
  const first = walk(root, { known: decodeFolders(nothingKnown) });
  expect([...first.signatures.keys()]).toEqual(['a/b/', 'a/', 'c/', '']);
  const known = decodeFolders({
    paths: [...first.signatures.keys()].join('\0'),
    signatures: [...first.signatures.values()].join('\0'),
    settledMs,
  });
  expect(walk(root, { known })).toMatchObject({ paths: [], unchanged: ['', 'a/', 'a/b/', 'c/'], foldersUnchanged: 4 });

  const sign = (realPath: string) => {
    if (realPath.endsWith('/b')) throw Object.assign(new Error('EIO'), { code: 'EIO' });
    return known.sign(realPath);
  };
  const broken = walk(root, { known: { ...known, sign } });
  expect(broken.errors).toMatchObject([{ relativePath: 'a/b', kind: 'folder' }]);
  expect([...broken.signatures]).toEqual([['a/b/', null]]);
});

it('gives no signature to a folder that has just changed', () => {
  const root = plant('a/1.jpg');
  const nothingKnown = { paths: '', signatures: '', settledMs: 60_000 };
  expect([...walk(root, { known: decodeFolders(nothingKnown) }).signatures.values()]).toEqual([null, null]);
});
