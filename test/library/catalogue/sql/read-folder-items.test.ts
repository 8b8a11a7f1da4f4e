import { expect, it } from 'vitest';
import { readFolderItems, type FolderItem } from '../../../../src/library/catalogue/sql/read-folder-items.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

const photos = categoryOf({ key: 'photos' });

describeOnEachDatabase('the items of a folder', (open) => {
  it('are those below it, at any depth, in byte order, and none beside it', async () => {
    const database = await open();
    const paths = ['a/\u{1F600}.jpg', 'a/\uFFEE.jpg', 'a/b/c.jpg', 'a/B.jpg', 'a/z.jpg', 'a/b.jpg'];
    const others = ['a.jpg', 'a b/x.jpg', 'a0/x.jpg', 'a-/x.jpg', 'A/x.jpg', 'ab/x.jpg', 'x/a/y.jpg'];
    await fill(database, [...paths, ...others]);
    await catalogueFiles(database, categoryOf({ key: 'other' }), [{ relativePath: 'a/other.jpg' }]);
    expect(await pathsBelow(database, 'a')).toEqual([
      'a/B.jpg',
      'a/b.jpg',
      'a/b/c.jpg',
      'a/z.jpg',
      'a/\uFFEE.jpg',
      'a/\u{1F600}.jpg',
    ]);
    expect(await pathsBelow(database, 'a/b')).toEqual(['a/b/c.jpg']);
    expect(await pathsBelow(database, '')).toHaveLength(paths.length + others.length);
    for (const none of ['nothing', 'a/b/c.jpg', 'a/', '/a', '.', 'a/..']) {
      expect(await pathsBelow(database, none)).toEqual([]);
    }
  });

  it('are found by the folder as it is written: no letter in it is a wildcard', async () => {
    const database = await open();
    await fill(database, ['100%/a.jpg', '100x/b.jpg', 'a_b/c.jpg', 'axb/d.jpg', "o'clock/e.jpg", 'w\\x/f.jpg']);
    expect(await pathsBelow(database, '100%')).toEqual(['100%/a.jpg']);
    expect(await pathsBelow(database, 'a_b')).toEqual(['a_b/c.jpg']);
    expect(await pathsBelow(database, "o'clock")).toEqual(["o'clock/e.jpg"]);
    expect(await pathsBelow(database, 'w\\x')).toEqual(['w\\x/f.jpg']);
    expect(await pathsBelow(database, '%')).toEqual([]);
  });

  it('are the available ones, with size and type', async () => {
    const database = await open();
    await fill(database, ['a/gone.jpg', 'a/here.jpg', 'a/deleted.jpg']);
    await moveToStatus(database, 'gone.jpg', 'MISSING');
    await moveToStatus(database, 'deleted.jpg', 'DELETED');
    expect(await pagesOf(readFolderItems(database, 'photos', 'a'))).toEqual([
      [{ relativePath: 'a/here.jpg', sizeBytes: 1000, mimeType: 'image/jpeg' }],
    ]);
  });

  it('come in pages that neither repeat nor leave out any', async () => {
    const database = await open();
    const paths = Array.from({ length: 7 }, (_, index) => `a/${index}.jpg`);
    await fill(database, ['0.jpg', ...paths]);
    for (const pageSize of [1, 3, 7, 8]) {
      const pages = await pagesOf(readFolderItems(database, 'photos', 'a', pageSize));
      expect(pages.flat().map(({ relativePath }) => relativePath)).toEqual(paths);
      expect(pages).toHaveLength(Math.ceil(7 / pageSize));
    }
  });
});

type TestDatabase = Parameters<typeof readFolderItems>[0];

async function fill(database: TestDatabase, paths: string[]): Promise<void> {
  await catalogueFiles(
    database,
    photos,
    paths.map((relativePath) => ({ relativePath })),
  );
}

async function pathsBelow(database: TestDatabase, folder: string): Promise<string[]> {
  const pages = await pagesOf(readFolderItems(database, 'photos', folder));
  return pages.flat().map(({ relativePath }) => relativePath);
}

async function pagesOf(reading: AsyncIterable<FolderItem[]>): Promise<FolderItem[][]> {
  const pages: FolderItem[][] = [];
  for await (const page of reading) pages.push(page);
  return pages;
}
