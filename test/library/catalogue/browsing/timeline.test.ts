import { expect, it } from 'vitest';
import type { Database } from '../../../../src/base/database/database.ts';
import { createCatalogue } from '../../../../src/library/catalogue/catalogue.ts';
import type { MediaFilter } from '../../../../src/library/catalogue/select-media.ts';
import { toSections, type TimelineUnit } from '../../../../src/library/catalogue/browsing/timeline.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../../support/databases.ts';

const photos = categoryOf({ key: 'photos' });
const mediaConfig = { current: () => ({ categories: [photos] }), findCategory: () => photos };
const dayMs = 86_400_000;

const dayOf = (date: string) => Math.floor(Date.parse(date) / dayMs);
const timeOf = (index: number) => Date.UTC(2014, 1, 27) + index * (dayMs / 2);

it('sums days up by month and year, far away ones too, and leaves empty ones out', () => {
  const days = new Map([
    [dayOf('2014-03-05'), 2],
    [dayOf('2014-03-31'), 1],
    [dayOf('2014-04-01'), 4],
    [dayOf('1969-12-31'), 8],
    [dayOf('+012014-01-01'), 16],
    [dayOf('2014-05-01'), 0],
  ]);
  const sections = (unit: 'DAY' | 'MONTH' | 'YEAR', direction: 'ASC' | 'DESC') =>
    toSections(days, { unit, direction }).map(({ key, count }) => `${key} ${count}`);
  expect(sections('YEAR', 'ASC')).toEqual(['1969 8', '2014 7', '+012014 16']);
  expect(sections('MONTH', 'DESC')).toEqual(['+012014-01 16', '2014-04 4', '2014-03 3', '1969-12 8']);
  expect(sections('DAY', 'DESC').slice(1, 3)).toEqual(['2014-04-01 4', '2014-03-31 1']);
});

describeOnEachDatabase('A timeline', (open) => {
  async function start() {
    const database = await open();
    const files = Array.from({ length: 12 }, (_, index) => ({
      relativePath: `${index}.jpg`,
      modifiedAtMs: timeOf(index),
      sizeBytes: index,
    }));
    await catalogueFiles(database, photos, files);
    return { database, catalogue: createCatalogue({ database, mediaConfig: mediaConfig as never }) };
  }

  it('counts what the list holds, whatever happens to items', async () => {
    const { database, catalogue } = await start();
    const check = async (filter: MediaFilter) => {
      for (const unit of ['DAY', 'MONTH', 'YEAR'] as const) {
        const sections = await catalogue.timeline(filter, { unit, direction: 'ASC' });
        expect(sections.map(({ key, count }) => [key, count])).toEqual(await countByKey(database, filter, unit));
      }
    };
    await check({});
    await moveToStatus(database, '3.jpg', 'DELETED');
    await moveToStatus(database, '4.jpg', 'MISSING');
    const change = (filename: string, data: object) =>
      database.prisma.mediaItem.updateMany({ where: { filename }, data: { ...data, updatedAt: new Date() } });
    await change('5.jpg', { capturedAt: new Date(Date.UTC(1965, 0, 1)) });
    await change('6.jpg', { capturedAt: new Date(Date.UTC(2014, 2, 1)), companionOf: 1 });
    await change('7.jpg', { companionOf: 1 });
    await change('7.jpg', { companionOf: null });
    await catalogueFiles(database, photos, [{ relativePath: '8.jpg', modifiedAtMs: Date.UTC(2020, 0, 1) }]);
    await database.prisma.mediaItem.deleteMany({ where: { filename: { in: ['0.jpg', '9.jpg'] } } });
    for (const filter of [
      {},
      { statuses: ['DELETED'] },
      { statuses: ['AVAILABLE'], withoutCompanions: true },
      { search: 'jpg' },
      { sizeBytes: { gte: 2, lte: 7 }, withoutCompanions: true },
      { search: 'no such word' },
      { mediaTypes: ['VIDEO'] },
    ] satisfies MediaFilter[]) {
      await check(filter);
    }
  });

  it('counts months that are centuries apart', async () => {
    const { database, catalogue } = await start();
    await catalogueFiles(database, photos, [{ relativePath: 'far.jpg', modifiedAtMs: Date.UTC(1601, 0, 31) }]);
    const sections = await catalogue.timeline({}, { unit: 'MONTH', direction: 'ASC' });
    expect(sections.map(({ key, count }) => [key, count])).toEqual(await countByKey(database, {}, 'MONTH'));
  });

  it('counts many that meet a condition as it counts few', async () => {
    const { database, catalogue } = await start();
    const files = Array.from({ length: 2100 }, (_, index) => ({ relativePath: `many/${index}.jpg`, sizeBytes: 77 }));
    for (let at = 0; at < files.length; at += 700) await catalogueFiles(database, photos, files.slice(at, at + 700));
    const filter = { sizeBytes: { gte: 77 } };
    const sections = await catalogue.timeline(filter, { unit: 'YEAR', direction: 'DESC' });
    expect(sections).toMatchObject([{ key: '2023', count: 2100 }]);
  });

  it('has cursors that lead to the first item of each section, in both directions', async () => {
    const { catalogue } = await start();
    for (const direction of ['ASC', 'DESC'] as const) {
      const order = { field: 'CAPTURED_AT', direction } as const;
      const all = await catalogue.list({}, order, { count: 50, backward: false, cursor: null, skip: 0 });
      let index = 0;
      for (const { cursor, count } of await catalogue.timeline({}, { unit: 'DAY', direction })) {
        const page = await catalogue.list({}, order, { count: 1, backward: false, cursor, skip: 0 });
        expect(page.edges[0]?.node.id).toBe(all.edges[index]?.node.id);
        index += count;
      }
      expect(index).toBe(12);
    }
  });
});

describeOnEachDatabase('The place of an item', (open) => {
  it('has the cursor that the list gives, and its index on its day', async () => {
    const database = await open();
    const files = Array.from({ length: 20 }, (_, index) => ({
      relativePath: `${index}.jpg`,
      // Four a day, of which two share a moment.
      modifiedAtMs: Date.UTC(2014, 2, 1 + Math.floor(index / 4)) + Math.floor((index % 4) / 2) * 1000,
      sizeBytes: index,
    }));
    await catalogueFiles(database, photos, files);
    const catalogue = createCatalogue({ database, mediaConfig: mediaConfig as never });
    const filter = { sizeBytes: { gte: 2 } };
    for (const direction of ['ASC', 'DESC'] as const) {
      for (const order of [
        { field: 'CAPTURED_AT', direction },
        { field: 'TITLE', direction },
        { field: 'RANDOM', direction, seed: 3 },
      ] as const) {
        const { edges } = await catalogue.list(filter, order, { count: 50, backward: false, cursor: null, skip: 0 });
        const onDay = new Map<string, number>();
        for (const { node, cursor } of edges) {
          const day = node.modifiedAt.toISOString().slice(0, 10);
          const index = onDay.get(day) ?? 0;
          onDay.set(day, index + 1);
          const inSection = order.field === 'CAPTURED_AT' ? { section: day, index } : { section: null, index: null };
          expect(await catalogue.place(node.id, filter, order)).toEqual({ cursor, ...inSection });
        }
        expect(edges).toHaveLength(18);
        expect(await catalogue.place(1, filter, order)).toBeNull();
        expect(await catalogue.place(999, filter, order)).toBeNull();
      }
    }
  });
});

async function countByKey(database: Database, filter: MediaFilter, unit: TimelineUnit): Promise<[string, number][]> {
  const catalogue = createCatalogue({ database, mediaConfig: mediaConfig as never });
  const order = { field: 'CAPTURED_AT', direction: 'ASC' } as const;
  const { edges } = await catalogue.list(filter, order, { count: 200, backward: false, cursor: null, skip: 0 });
  const counts = new Map<string, number>();
  for (const { node } of edges) {
    const key = (node.capturedAt ?? node.modifiedAt).toISOString().slice(0, { DAY: 10, MONTH: 7, YEAR: 4 }[unit]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts];
}
