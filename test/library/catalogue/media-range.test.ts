import { expect, it } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { listMediaPage } from '../../../src/library/catalogue/list-media-page.ts';
import type { MediaOrder } from '../../../src/library/catalogue/media-order.ts';
import type { MediaRange } from '../../../src/library/catalogue/media-range.ts';
import { freezeSelection, type FrozenSelection } from '../../../src/library/catalogue/media-selection.ts';
import type { MediaFilter } from '../../../src/library/catalogue/select-media.ts';
import { sortColumns, type SortField } from '../../../src/library/catalogue/sql/sort-columns.ts';
import { walkSelection } from '../../../src/library/catalogue/walk-selection.ts';
import { catalogueFiles, categoryOf, moveToStatus } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const every: MediaFilter = { statuses: ['AVAILABLE', 'MISSING', 'DELETED'] };
const fields = [...(Object.keys(sortColumns) as SortField[]), 'RANDOM' as const];
const orders = fields.flatMap((field) =>
  (['ASC', 'DESC'] as const).map((direction): MediaOrder => ({ field, direction, seed: 7 })),
);
const idOf = (number: number) => encodePublicId('MediaItem', number);

const refused = (field: string) => ({ code: 'INVALID_INPUT', field: `selection.between.${field}` });
const sorted = (ids: number[]) => ids.toSorted((one, other) => one - other);

describeOnEachDatabase('A part of a list', (open) => {
  /** Forty items on six shelves, many of one name, size or time, and names whose order differs between UTF-16 and code points. */
  async function start(): Promise<Database> {
    const database = await open();
    const names = ['tide', 'Tide', 'ébb', '\u{1f30a}', '\uff5e'];
    const files = Array.from({ length: 20 }, (_, index) => ({
      relativePath: `${index % 3}/${names[index % 5]}-${index}.jpg`,
      sizeBytes: index % 4,
      modifiedAtMs: 1_700_000_000_000 + (index % 7),
    }));
    for (const key of ['photos', 'scans']) await catalogueFiles(database, categoryOf({ key }), files);
    for (const index of [1, 2, 3, 4]) await moveToStatus(database, `${names[index]}-${index}.jpg`, 'DELETED');
    for (const index of [6, 7, 8]) await moveToStatus(database, `${names[index % 5]}-${index}.jpg`, 'MISSING');
    return database;
  }

  it('is what the list shows between two items, in every order and in either direction', async () => {
    const database = await start();
    for (const order of orders) {
      for (const filter of [every, {}, { ...every, search: 'tide' }]) {
        const shown = await list(database, filter, order);
        const part = shown.slice(3, -4);
        const wanted = sorted(part.map(({ id }) => id));
        const [first, last] = [part[0]!, part.at(-1)!];
        const ends = [
          [idOf(first.id), idOf(last.id)],
          [last.cursor, first.cursor],
          [idOf(last.id), first.cursor],
        ];
        for (const [from = '', to = ''] of ends) {
          expect(await resolve(database, { from, to, filter, order })).toEqual(wanted);
        }
        const except = [idOf(first.id), idOf(part[2]!.id)];
        expect(await resolve(database, { from: first.cursor, to: last.cursor, filter, order }, except)).toEqual(
          wanted.filter((id) => id !== first.id && id !== part[2]!.id),
        );
        expect(await resolve(database, { from: idOf(last.id), to: idOf(last.id), filter, order })).toEqual([last.id]);
      }
    }
  });

  it('is refused where an end is not in the list, and says which', async () => {
    const database = await start();
    const order: MediaOrder = { field: 'PATH', direction: 'ASC' };
    const random: MediaOrder = { field: 'RANDOM', direction: 'ASC', seed: 1 };
    const [, hidden = 0] = (await list(database, { statuses: ['DELETED'] }, order)).map(({ id }) => id);
    const [first] = await list(database, {}, order);
    const at = (from: string, to: string, range: Partial<MediaRange> = {}) =>
      resolve(database, { from, to, filter: {}, order, ...range }).catch((error: unknown) => error);
    const here = idOf(first!.id);
    expect(await at(here, idOf(hidden))).toMatchObject(refused('to'));
    expect(await at(idOf(999), here)).toMatchObject(refused('from'));
    expect(await at(here, idOf(999), { order: random })).toMatchObject(refused('to'));
    expect(await at('nothing', here)).toMatchObject(refused('from'));
    expect(await at(here, first!.cursor, { order: { ...order, field: 'SIZE' } })).toMatchObject(refused('to'));
    expect(await at(here, first!.cursor, { order: random })).toMatchObject(refused('to'));
    expect(await at(here, here, { order: { field: 'RANDOM', direction: 'ASC' } })).toMatchObject(
      refused('orderBy.seed'),
    );
    expect(await at(here, here, { order: { ...order, from: 'a' } })).toMatchObject(refused('orderBy.from'));
    expect(await at(here, here, { filter: { sha256: 'x' } })).toMatchObject(refused('filter.sha256'));
    const both = { from: here, to: here, filter: {}, order };
    await expect(freezeSelection(database, [], { between: both, filter: {} })).rejects.toMatchObject({
      field: 'selection',
    });
  });

  it('keeps the places that cursors name, and the random order that was begun, when items come and go', async () => {
    const database = await start();
    const order: MediaOrder = { field: 'FILENAME', direction: 'ASC' };
    const random: MediaOrder = { field: 'RANDOM', direction: 'ASC', seed: 3 };
    const shown = await list(database, {}, order);
    const shuffled = await list(database, {}, random);
    const part = { from: shown[2]!.cursor, to: shown[9]!.cursor, filter: {}, order };
    const shuffledPart = { from: shuffled[2]!.cursor, to: shuffled[9]!.cursor, filter: {}, order: random };
    await database.prisma.mediaItem.delete({ where: { id: shown[2]!.id } });
    const later = Array.from({ length: 100 }, (_, index) => ({ relativePath: `0-later-${index}.jpg` }));
    await catalogueFiles(database, categoryOf({ key: 'photos' }), later);
    expect(await resolve(database, part)).toEqual(sorted(shown.slice(3, 10).map(({ id }) => id)));
    const begun = shuffled.slice(2, 10).map(({ id }) => id);
    // What was added since may stand among them, as it does when the list is read on.
    const old = (await resolve(database, shuffledPart)).filter((id) => id <= 40);
    expect(old).toEqual(sorted(begun.filter((id) => id !== shown[2]!.id)));
    const [now] = await list(database, {}, random);
    await expect(resolve(database, { ...shuffledPart, to: now!.cursor })).rejects.toMatchObject({
      field: 'selection.between.to',
    });
  });
});

async function list(database: Database, filter: MediaFilter, order: MediaOrder) {
  const page = { count: 100, backward: false, cursor: null, skip: 0 };
  const { edges } = await listMediaPage(database, [], filter, order, page);
  return edges.map(({ node, cursor }) => ({ id: node.id, cursor }));
}

async function walk(database: Database, selection: FrozenSelection): Promise<number[]> {
  const walked = await walkSelection(database, [], selection);
  const ids: number[] = [];
  for await (const batch of walked.batches(0)) ids.push(...batch.ids);
  expect(await walked.count(0)).toBe(ids.length);
  return ids;
}

async function resolve(database: Database, between: MediaRange, except?: string[]): Promise<number[]> {
  return walk(database, await freezeSelection(database, [], { between, except }));
}
