import { expect, it } from 'vitest';
import type { Database } from '../../../../src/base/database/database.ts';
import { countMedia, listMedia, type SortPosition } from '../../../../src/library/catalogue/sql/list-media.ts';
import { toMediaConditions, type MediaCriteria } from '../../../../src/library/catalogue/sql/media-conditions.ts';
import { markMissing } from '../../../../src/library/scan/sql/mark-missing.ts';
import { extendSearchIndex } from '../../../../src/library/catalogue/sql/search.ts';
import { sortColumns, type SortField } from '../../../../src/library/catalogue/sql/sort-columns.ts';
import { readShelves } from '../../../../src/library/catalogue/sql/shelves.ts';
import { searchTermsOf } from '../../../../src/library/metadata/search-text.ts';
import { categoryOf, catalogueFiles, moveToStatus } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

const fields = Object.keys(sortColumns) as SortField[];
const photos = categoryOf({ key: 'photos' });
const films = categoryOf({ key: 'films', mediaType: 'VIDEO' });

describeOnEachDatabase('Listing media', (open) => {
  it('gives every item exactly once, in order, whatever the field, the direction and the page size', async () => {
    const database = await open();
    await fill(database);
    const shelves = await readShelves(database);
    for (const field of fields) {
      for (const descending of [false, true]) {
        const whole = await pageThrough(database, field, descending, 1000);
        expect(whole).toHaveLength(57);
        expect(new Set(whole.map(({ id }) => id)).size).toBe(57);
        expect(whole).toEqual([...whole].sort((a, b) => compare(a, b) * (descending ? -1 : 1)));
        expect(await pageThrough(database, field, descending, 7)).toEqual(whole);
      }
    }
    expect(shelves.filter((shelf) => shelf.itemCount > 0)).toHaveLength(5);
  });

  it('finds by size, dates, hash and text, alone and together, and counts the same', async () => {
    const database = await open();
    await fill(database);
    const { id } = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'photo 3.jpg' } });
    await database.prisma.mediaItem.update({ where: { id }, data: { sha256: 'ab'.repeat(32), updatedAt: new Date() } });
    expect(await find(database, { sha256: 'ab'.repeat(32) })).toEqual(['photo 3.jpg']);
    expect(await find(database, { terms: searchTermsOf('film 1') })).toHaveLength(10);
    expect(await find(database, { terms: searchTermsOf('film 1'), sizeBytes: { gte: 3, lte: 3 } })).toEqual([
      'film 10.mp4',
      'film 17.mp4',
    ]);
    const noon = new Date(1_700_000_000_000);
    expect(await find(database, { modifiedAt: { lt: noon } })).toEqual([]);
    expect(await find(database, { modifiedAt: { gte: noon, lt: new Date(noon.getTime() + 1) } })).toHaveLength(20);
    expect(await find(database, { createdAt: { gte: new Date(Date.now() + 60_000) } })).toEqual([]);
  });

  it('searches items that are not in the index yet, and the same after they are', async () => {
    const database = await open();
    await fill(database);
    const before = await find(database, { terms: searchTermsOf('film 1') });
    while (await extendSearchIndex(database, 20));
    expect(await find(database, { terms: searchTermsOf('film 1') })).toEqual(before);
    await database.prisma.mediaItem.deleteMany({ where: { filename: 'film 10.mp4' } });
    expect(await find(database, { terms: searchTermsOf('film 10') })).toEqual([]);
    const { id } = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename: 'film 12.mp4' } });
    await database.prisma.mediaItem.update({ where: { id }, data: { searchText: 'renamed', updatedAt: new Date() } });
    expect(await find(database, { terms: searchTermsOf('film 12') })).toEqual([]);
    expect(await find(database, { terms: searchTermsOf('photo .jpg 33 photo 33.j') })).toEqual(['photo 33.jpg']);
    expect(await find(database, { terms: searchTermsOf('rename') })).toEqual(['film 12.mp4']);
  });

  it('takes wildcards, quotes and operators in a search for themselves', async () => {
    const database = await open();
    const names = [
      '100%.jpg',
      'under_score.jpg',
      'quote".jpg',
      "it's.jpg",
      'back\\slash.jpg',
      'a AND b.jpg',
      'star*.jpg',
    ];
    await catalogueFiles(
      database,
      photos,
      names.map((relativePath) => ({ relativePath })),
    );
    while (await extendSearchIndex(database, 100));
    for (const name of names)
      expect(await find(database, { terms: searchTermsOf(name.toLowerCase()) })).toEqual([name]);
    expect(await find(database, { terms: searchTermsOf('%') })).toEqual(['100%.jpg']);
    expect(await find(database, { terms: searchTermsOf('_s') })).toEqual(['under_score.jpg']);
    expect(await find(database, { terms: searchTermsOf('a%b') })).toEqual([]);
  });

  it('goes on after items of one date, and finds them by it, also where the year is far away', async () => {
    const database = await open();
    for (const year of [1835, 2026, 2255, 2555]) {
      const modifiedAtMs = Date.UTC(year, 4, 5) + 613;
      const names = [1, 2, 3].map((number) => `${year} ${number}.jpg`);
      await catalogueFiles(
        database,
        photos,
        names.map((relativePath) => ({ relativePath, modifiedAtMs })),
      );
      expect(
        await find(database, { modifiedAt: { gte: new Date(modifiedAtMs), lt: new Date(modifiedAtMs + 1) } }),
      ).toEqual(names);
    }
    for (const descending of [false, true]) {
      const whole = await pageThrough(database, 'MODIFIED_AT', descending, 1000);
      expect(whole).toHaveLength(12);
      expect(await pageThrough(database, 'MODIFIED_AT', descending, 1)).toEqual(whole);
    }
  });

  it('reads a page with one statement, whatever its size', async () => {
    const database = await open();
    await fill(database);
    const shelves = await readShelves(database);
    let statements = 0;
    const counting: Database = { ...database, read: (statement) => ((statements += 1), database.read(statement)) };
    for (const limit of [1, 50]) {
      statements = 0;
      await listMedia(counting, {
        conditions: [],
        candidates: null,
        shelves,
        field: 'TITLE',
        descending: false,
        after: null,
        skip: 0,
        limit,
      });
      expect(statements).toBe(1);
    }
  });
});

/** 38 photos and 19 films; some are missing, many share a size, a title key or a date. */
async function fill(database: Database): Promise<void> {
  const longAgo = new Date('2026-01-01T00:00:00.000Z');
  await catalogueFiles(database, photos, files(38, 'photo', 'jpg'), longAgo);
  await catalogueFiles(database, films, files(19, 'film', 'mp4'), longAgo);
  const some = await database.prisma.mediaItem.findMany({ where: { sizeBytes: 5 } });
  await markMissing(
    database,
    some.map(({ id }) => id),
    new Date(),
    null,
  );
  await database.prisma.mediaItem.updateMany({ where: { sizeBytes: 2 }, data: { durationSeconds: 12.5 } });
  for (const number of [4, 11, 18]) await moveToStatus(database, `photo ${number}.jpg`, 'DELETED');
}

function files(count: number, name: string, extension: string) {
  return Array.from({ length: count }, (_, index) => ({
    relativePath: `${name} ${index}.${extension}`,
    sizeBytes: index % 7,
    modifiedAtMs: 1_700_000_000_000 + (index % 3),
  }));
}

async function pageThrough(
  database: Database,
  field: SortField,
  descending: boolean,
  limit: number,
): Promise<SortPosition[]> {
  const shelves = await readShelves(database);
  const positions: SortPosition[] = [];
  for (let after: SortPosition | null = null; ;) {
    const page = await listMedia(database, {
      conditions: [],
      candidates: null,
      shelves,
      field,
      descending,
      after,
      skip: 0,
      limit,
    });
    positions.push(...page.map(({ position }) => position));
    after = positions.at(-1) ?? null;
    if (page.length < limit) return positions;
  }
}

async function find(database: Database, criteria: MediaCriteria): Promise<string[]> {
  const shelves = await readShelves(database);
  const conditions = await toMediaConditions(
    database,
    shelves.map(({ id }) => id),
    criteria,
  );
  const list = { shelves, field: 'FILENAME', descending: false, after: null, skip: 0, limit: 100 } as const;
  const found = await listMedia(database, { ...list, ...conditions });
  // The same without the shortcut through an index.
  const walked = await listMedia(database, { ...list, ...conditions, candidates: null });
  expect(walked).toEqual(found);
  expect(await countMedia(database, shelves, conditions)).toBe(found.length);
  expect(await countMedia(database, shelves, { ...conditions, candidates: null })).toBe(found.length);
  return found.map(({ record }) => record.filename);
}

function compare(a: SortPosition, b: SortPosition): number {
  if (a.value === b.value) return a.id - b.id;
  return a.value < b.value ? -1 : 1;
}
