import { expect, it } from 'vitest';
import type { Database, StatementWriter } from '../../../../src/base/database/database.ts';
import { sql } from '../../../../src/base/database/sql.ts';
import { createDuplicates } from '../../../../src/library/catalogue/duplicates/duplicates.ts';
import { freezeSelection } from '../../../../src/library/catalogue/media-selection.ts';
import { resolveSelection } from '../../../../src/library/catalogue/resolve-selection.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

const photos = categoryOf({ key: 'photos' });
const films = categoryOf({ key: 'films', mediaType: 'VIDEO' });
const hashOf = (letter: string) => letter.repeat(64);
const log = { error: (details: object) => expect.fail(JSON.stringify(details)) };
const firstPage = { count: 50, backward: false, cursor: null };

function keep(database: Database) {
  return createDuplicates({
    database,
    mediaConfig: { current: () => ({ categories: [photos, films] }) as never },
    log,
  });
}

/** Catalogues files, each with its size and the letter of its hash; without a letter, it has none. */
async function add(database: Database, category: typeof photos, files: Record<string, [number, string?]>) {
  await catalogueFiles(
    database,
    category,
    Object.entries(files).map(([relativePath, [sizeBytes]]) => ({ relativePath, sizeBytes })),
  );
  for (const [filename, [, letter]] of Object.entries(files)) {
    if (letter !== undefined) await hash(database, filename, letter);
  }
}

async function hash(database: Database, filename: string, letter: string | null): Promise<void> {
  const sha256 = letter === null ? null : hashOf(letter);
  await database.prisma.mediaItem.updateMany({ where: { filename }, data: { sha256, updatedAt: new Date() } });
}

async function listed(database: Database, categories: string[] | null = null) {
  const duplicates = keep(database);
  await duplicates.drain();
  const page = await duplicates.list(categories, firstPage);
  const groups = page.edges.map(({ node }) => [node.sha256[0], node.count, node.sizeBytes, node.wastedBytes]);
  const { groups: groupCount, wastedBytes } = await page.totals();
  return { groups, groupCount, wastedBytes };
}

const write = (writer: StatementWriter, filename: string) =>
  writer.write(sql`UPDATE media_items SET sha256 = ${hashOf('a')} WHERE filename = ${filename}`);

/** The ids of items of which the filter says that there are copies. */
async function copied(database: Database): Promise<number[]> {
  const keys = ['photos', 'films'];
  const selection = await freezeSelection(database, keys, { filter: { hasDuplicate: true } });
  return resolveSelection(database, keys, selection);
}

/** Brings back what the migration removes, and removes what it adds. */
const beforeOneTable = {
  sqlite: [
    'ALTER TABLE job_item_errors DROP COLUMN sha256',
    'CREATE TABLE media_duplicates (sha256 TEXT PRIMARY KEY)',
    ...['insert', 'update'].map(
      (event) => `CREATE TRIGGER media_duplicates_on_${event} AFTER ${event} ON media_items BEGIN SELECT 1; END`,
    ),
  ],
  postgresql: [
    'ALTER TABLE job_item_errors DROP COLUMN sha256',
    'CREATE TABLE media_duplicates (sha256 TEXT PRIMARY KEY)',
    'CREATE FUNCTION note_duplicate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
    ...['insert', 'update'].map(
      (event) =>
        `CREATE TRIGGER media_duplicates_on_${event} AFTER ${event} ON media_items FOR EACH ROW EXECUTE FUNCTION note_duplicate()`,
    ),
  ],
};

describeOnEachDatabase('Groups of copies', (open, provider) => {
  it('are known to the filter at once, also where two writers of one hash see nothing of each other', async () => {
    const [database, other] = [await open(), await open()];
    await add(database, photos, { 'a1.jpg': [100], 'a2.jpg': [100], 'b1.jpg': [0], 'b2.jpg': [0], 'c.jpg': [1, 'c'] });
    const writeBeside = () => other.transaction((transaction) => write(transaction, 'a2.jpg'));
    await database.transaction(async (transaction) => {
      await write(transaction, 'a1.jpg');
      if (provider === 'postgresql') await writeBeside();
    });
    // On SQLite the other waits for the end of the first.
    if (provider === 'sqlite') await writeBeside();
    expect(await copied(database)).toEqual([1, 2]);
    // Empty files waste nothing, but are alike.
    await hash(database, 'b1.jpg', 'b');
    await hash(database, 'b2.jpg', 'b');
    expect(await copied(database)).toEqual([1, 2, 3, 4]);
    expect(await listed(database)).toMatchObject({ groups: [['a', 2, 100, 100]], groupCount: 1 });
    expect(await copied(database)).toEqual([1, 2, 3, 4]);
    await moveToStatus(database, 'a1.jpg', 'MISSING');
    await hash(database, 'b1.jpg', 'c');
    expect(await copied(database)).toEqual([1, 2, 3, 5]);
    expect(await listed(database)).toMatchObject({ groups: [], groupCount: 0 });
    expect(await copied(database)).toEqual([1, 2, 3, 5]);
  });

  it('are known of items that were there before one table had them, also of those that the earlier one had missed', async () => {
    const database = await open();
    await add(database, photos, { 'a1.jpg': [100, 'a'], 'a2.jpg': [100, 'a'], 'c.jpg': [1, 'c'] });
    await database.write(sql`DELETE FROM duplicate_changes`);
    for (const statement of beforeOneTable[provider]) await database.prisma.$executeRawUnsafe(statement);
    await database.write(sql`DELETE FROM _prisma_migrations WHERE migration_name = '0022_shared_hashes'`);
    expect(await copied(await open())).toEqual([1, 2]);
  });

  it('are those that waste most first, of available items alone, whatever happens to these', async () => {
    const database = await open();
    await add(database, photos, {
      'a1.jpg': [100, 'a'],
      'a2.jpg': [100, 'a'],
      'a3.jpg': [100, 'a'],
      'b1.jpg': [150, 'b'],
      'c1.jpg': [999, 'c'],
      'empty1.jpg': [0, 'e'],
      'empty2.jpg': [0, 'e'],
      'unhashed1.jpg': [5000],
      'unhashed2.jpg': [5000],
    });
    await add(database, films, { 'b2.mp4': [150, 'b'], 'd1.mp4': [70, 'd'], 'd2.mp4': [70, 'd'] });
    const [a, b, d] = [
      ['a', 3, 100, 200],
      ['b', 2, 150, 150],
      ['d', 2, 70, 70],
    ];
    expect(await listed(database)).toEqual({ groups: [a, b, d], groupCount: 3, wastedBytes: 420 });
    expect(await listed(database, ['films'])).toEqual({ groups: [b, d], groupCount: 2, wastedBytes: 220 });
    expect(await listed(database, ['films', 'photos', 'films'])).toEqual({
      groups: [a, b, d],
      groupCount: 3,
      wastedBytes: 420,
    });
    expect(await listed(database, [])).toEqual({ groups: [], groupCount: 0, wastedBytes: 0 });

    // Hidden, missing, forgotten, of other content, hashed later, restored.
    await moveToStatus(database, 'a1.jpg', 'DELETED');
    await moveToStatus(database, 'b2.mp4', 'MISSING');
    await database.prisma.mediaItem.deleteMany({ where: { filename: 'd1.mp4' } });
    await hash(database, 'c1.jpg', 'd');
    expect((await listed(database)).groups).toEqual([['a', 2, 100, 100]]);
    await hash(database, 'a2.jpg', null);
    await hash(database, 'unhashed1.jpg', 'f');
    await hash(database, 'unhashed2.jpg', 'f');
    await moveToStatus(database, 'b2.mp4', 'AVAILABLE');
    expect((await listed(database)).groups).toEqual([['f', 2, 5000, 5000], b]);
    expect((await listed(database, ['films'])).groups).toEqual([b]);
  });

  it('are paged forward and backward in one order, and give their earliest items', async () => {
    const database = await open();
    const letters = ['1', '2', '3', '4', '5'];
    // Two and three waste the same.
    const sizes = [10, 40, 40, 50, 60];
    await add(
      database,
      photos,
      Object.fromEntries(
        letters.flatMap((letter, index) =>
          ['x', 'y', 'z'].map((name) => [`${letter}${name}.jpg`, [sizes[index] ?? 0, letter]]),
        ),
      ),
    );
    const duplicates = keep(database);
    await duplicates.drain();
    const walk = async (backward: boolean) => {
      const found: string[] = [];
      let cursor: string | null = null;
      for (let isMore = true; isMore;) {
        const page = await duplicates.list(null, { count: 2, backward, cursor });
        const part = page.edges.map(({ node }) => node.sha256[0] ?? '');
        found.push(...(backward ? part.toReversed() : part));
        cursor = (backward ? page.edges[0] : page.edges.at(-1))?.cursor ?? null;
        isMore = backward ? page.hasPreviousPage : page.hasNextPage;
      }
      return found;
    };
    expect(await walk(false)).toEqual(['5', '4', '3', '2', '1']);
    expect(await walk(true)).toEqual(['1', '2', '3', '4', '5']);
    const { edges } = await duplicates.list(null, { ...firstPage, count: 2 });
    const copies = await duplicates.copiesOf(
      edges.map(({ node }) => node),
      2,
    );
    expect(copies.map((items) => items.map(({ filename }) => filename))).toEqual([
      ['5x.jpg', '5y.jpg'],
      ['4x.jpg', '4y.jpg'],
    ]);
    await expect(duplicates.list(null, { ...firstPage, cursor: 'bm9uZQ' })).rejects.toThrow('not a cursor');
    await expect(duplicates.list(['none'], firstPage)).rejects.toThrow('none');
  });

  it('cost a scan nothing: what is stored without a hash leaves no note', async () => {
    const database = await open();
    await add(database, photos, { 'a.jpg': [1], 'b.jpg': [1] });
    await catalogueFiles(database, photos, [{ relativePath: 'a.jpg', sizeBytes: 2, signature: 'b' }]);
    await moveToStatus(database, 'b.jpg', 'MISSING');
    expect(await database.read(sql`SELECT id FROM duplicate_changes`)).toEqual([]);
  });
});
