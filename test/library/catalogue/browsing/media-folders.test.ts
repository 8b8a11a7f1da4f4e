import { expect, it } from 'vitest';
import type { Database } from '../../../../src/base/database/database.ts';
import { createCatalogue } from '../../../../src/library/catalogue/catalogue.ts';
import { toFolderChanges } from '../../../../src/library/catalogue/browsing/folder-counter.ts';
import type { FolderRequest, MediaFolder } from '../../../../src/library/catalogue/browsing/media-folders.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';
import { seededRandom } from '../../../support/seeded-random.ts';

const photos = categoryOf({ key: 'photos' });
const films = categoryOf({ key: 'films', mediaType: 'VIDEO' });
const mediaConfig = { current: () => ({ categories: [photos, films] }), findCategory: () => photos };
const page = (count: number, cursor: string | null = null, backward = false) => ({ count, backward, cursor });

async function list(database: Database, folder: Partial<FolderRequest>): Promise<MediaFolder[]> {
  const catalogue = createCatalogue({ database, mediaConfig: mediaConfig as never });
  const { edges } = await catalogue.folders({ category: 'photos', path: '', ...folder }, page(200));
  return edges.map(({ node }) => node);
}

const shown = ({ path, itemCount, sizeBytes }: MediaFolder) => `${path} ${itemCount} ${sizeBytes}`;

it('leaves paths alone that are being exchanged, and folders that nothing changes for', () => {
  const place = { rootCategory: 'photos', shelfId: 1, sizeBytes: 5 };
  expect(
    toFolderChanges([
      { ...place, relativePath: '//moved/7', itemCount: 1 },
      { ...place, relativePath: 'a/b/1.jpg', itemCount: -1 },
      { ...place, relativePath: 'a/c/1.jpg', itemCount: 1 },
      { ...place, relativePath: 'root.jpg', itemCount: 1 },
    ]).map(({ path, parent, itemCount, sizeBytes }) => ({ path, parent, itemCount, sizeBytes })),
  ).toEqual([
    { path: 'a/b', parent: 'a', itemCount: -1, sizeBytes: -5 },
    { path: 'a/c', parent: 'a', itemCount: 1, sizeBytes: 5 },
  ]);
});

describeOnEachDatabase('The folders of a folder', (open) => {
  it('are those with items below, in natural order, a page at a time in both directions', async () => {
    const database = await open();
    const names = ['E10', 'e2', 'Äpfel', 'Apfel', 'Zoo', '100%_', 'deep/er/still'];
    const files = [...names.map((name) => `${name}/1.jpg`), 'E10/x/2.jpg', 'lone.jpg'];
    await catalogueFiles(
      database,
      photos,
      files.map((relativePath) => ({ relativePath, sizeBytes: 10 })),
    );
    await catalogueFiles(database, films, [{ relativePath: 'other/1.mp4' }]);
    const expected = ['100%_ 1 10', 'Apfel 1 10', 'Äpfel 1 10', 'deep 1 10', 'e2 1 10', 'E10 2 20', 'Zoo 1 10'];
    expect((await list(database, {})).map(shown)).toEqual(expected);
    expect((await list(database, { path: 'deep/er' })).map(shown)).toEqual(['deep/er/still 1 10']);
    for (const path of ['deep/er/still', 'no such folder', 'lone.jpg'])
      expect(await list(database, { path })).toEqual([]);
    const catalogue = createCatalogue({ database, mediaConfig: mediaConfig as never });
    for (const backward of [false, true]) {
      const found: string[] = [];
      let cursor: string | null = null;
      for (let isLast = false; !isLast;) {
        const part = await catalogue.folders({ category: 'photos', path: '' }, page(3, cursor, backward));
        const lines = part.edges.map(({ node }) => shown(node));
        found.splice(backward ? 0 : found.length, 0, ...lines);
        cursor = (backward ? part.edges[0] : part.edges.at(-1))?.cursor ?? null;
        isLast = !(backward ? part.hasPreviousPage : part.hasNextPage);
      }
      expect(found).toEqual(expected);
    }
  });

  it('count what is below them, whatever happens to items', async () => {
    const database = await open();
    const random = seededRandom(17);
    const pick = (count: number) => Math.floor(random() * count);
    const check = async () => {
      for (const statuses of [undefined, ['AVAILABLE'], ['DELETED', 'MISSING']] as const) {
        for (const path of ['', 'a', 'a/b']) {
          const folders = await list(database, { path, statuses });
          expect(folders.map(shown).toSorted()).toEqual(await countBelow(database, path, statuses));
        }
      }
    };
    const someFile = () => ({
      relativePath: `${['', 'a/', 'a/b/', 'a/b/c/', 'd/', 'd/e/'][pick(6)]}${pick(40)}.jpg`,
      sizeBytes: pick(100),
    });
    for (let round = 0; round < 12; round++) {
      const files = new Map(Array.from({ length: 10 }, someFile).map((file) => [file.relativePath, file]));
      await catalogueFiles(database, photos, [...files.values()]);
      if (round % 3 === 0) await check();
      const items = await database.prisma.mediaItem.findMany();
      for (const { filename } of items.filter(() => random() < 0.2)) {
        await moveToStatus(database, filename, (['AVAILABLE', 'MISSING', 'DELETED'] as const)[pick(3)] ?? 'AVAILABLE');
      }
      const [gone, moved] = [items[pick(items.length)], items[pick(items.length)]];
      await database.prisma.mediaItem.deleteMany({ where: { id: gone?.id ?? 0 } });
      const relativePath = `moved/${round}/here.jpg`;
      await database.prisma.mediaItem.updateMany({ where: { id: moved?.id ?? 0 }, data: { relativePath } });
    }
    await check();
    await database.prisma.mediaItem.deleteMany();
    await check();
    expect(await database.prisma.mediaFolder.count()).toBe(0);
    expect(await database.prisma.mediaFolderCount.count()).toBe(0);
  });

  it('have covers, which are of the statuses that count', async () => {
    const database = await open();
    const files = ['a/1.jpg', 'a/2.jpg', 'a/b/0.jpg', 'c/1.jpg', 'a0.jpg'];
    await catalogueFiles(
      database,
      photos,
      files.map((relativePath) => ({ relativePath })),
    );
    await moveToStatus(database, '1.jpg', 'DELETED');
    const catalogue = createCatalogue({ database, mediaConfig: mediaConfig as never });
    const coversOf = async (folders: MediaFolder[], limit: number) => {
      const ids = await catalogue.coverIdsOf(folders, limit);
      const items = await Promise.all(ids.map((some) => catalogue.findMany(some)));
      return items.map((some) => some.map((item) => item?.relativePath));
    };
    const all = await list(database, {});
    expect(all.map(({ path }) => path)).toEqual(['a', 'c']);
    expect(await coversOf(all, 2)).toEqual([['a/2.jpg', 'a/b/0.jpg'], ['c/1.jpg']]);
    expect(await coversOf(await list(database, { statuses: ['DELETED'] }), 2)).toEqual([['a/1.jpg']]);
    expect(await coversOf([], 2)).toEqual([]);
  });

  it('are refused with the argument that is at fault', async () => {
    const database = await open();
    const catalogue = createCatalogue({ database, mediaConfig: mediaConfig as never });
    const ask = (folder: Partial<FolderRequest>, cursor: string | null = null) =>
      catalogue.folders({ category: 'photos', path: '', ...folder }, page(5, cursor));
    await expect(ask({ path: '../a' })).rejects.toMatchObject({ field: 'path' });
    await expect(ask({}, 'nonsense')).rejects.toMatchObject({ field: 'after' });
    await expect(ask({}, Buffer.from('1 \0').toString('base64url'))).rejects.toMatchObject({ field: 'after' });
    await expect(ask({ category: 'books' })).rejects.toThrow('"books" is no category');
  });
});

/** Counted item by item. */
async function countBelow(database: Database, path: string, statuses?: readonly string[]): Promise<string[]> {
  const items = await database.prisma.mediaItem.findMany({ include: { shelf: true } });
  const start = path === '' ? '' : `${path}/`;
  const folders = new Map<string, { itemCount: number; sizeBytes: number }>();
  for (const { relativePath, sizeBytes, shelf } of items) {
    if (!(statuses?.includes(shelf.status) ?? shelf.status !== 'DELETED') || !relativePath.startsWith(start)) continue;
    const end = relativePath.indexOf('/', start.length);
    if (end === -1) continue;
    const folder = relativePath.slice(0, end);
    const counted = folders.get(folder) ?? { itemCount: 0, sizeBytes: 0 };
    folders.set(folder, { itemCount: counted.itemCount + 1, sizeBytes: counted.sizeBytes + Number(sizeBytes) });
  }
  return Array.from(folders, ([name, { itemCount, sizeBytes }]) => `${name} ${itemCount} ${sizeBytes}`).toSorted();
}
