import { expect, it } from 'vitest';
import type { Database } from '../../../src/base/database/database.ts';
import { storeModelTags } from '../../../src/library/legacy/sql/store-imports.ts';
import { createModelNames } from '../../../src/library/model-records/model-names.ts';
import { createModels } from '../../../src/library/model-records/models.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';

const [one, two, three, four] = ['1', '2', '3', '4'].map((digit) => digit.repeat(64)) as [
  string,
  string,
  string,
  string,
];
const firstPage = { count: 50, backward: false, cursor: null };

async function addModel(database: Database, sha256: string, values: object = {}) {
  const record = { sha256, path: `/m/${sha256[0]}.safetensors`, createdAt: new Date(1_000), meta: {}, searchText: '' };
  await database.prisma.model.create({ data: { ...record, ...values } });
}

describeOnEachDatabase('A model record', (open) => {
  it('takes what a person says, and keeps the rest', async () => {
    const database = await open();
    const models = createModels({ database });
    const meta = { description: 'old', prompt: 'a fox', seeds: [1, 2] };
    await addModel(database, one, { name: 'Old', type: 'lora', meta, legacyMeta: '{"x":1}', sizeBytes: 5n });
    const changed = await models.update(one, { name: ' Ölberg v2 ', description: 'new' });
    expect(changed).toMatchObject({
      sha256: one,
      name: 'Ölberg v2',
      type: 'lora',
      sizeBytes: 5,
      createdAt: new Date(1_000),
      updatedAt: expect.any(Date),
      meta: { ...meta, description: 'new' },
    });
    const row = await database.prisma.model.findUniqueOrThrow({ where: { sha256: one } });
    expect(row).toMatchObject({ legacyMeta: '{"x":1}', searchText: 'olberg v2\n/m/1.safetensors' });
    expect((await models.list({ search: 'OLBERG' }, firstPage)).edges).toHaveLength(1);
    expect(await models.update(one, { description: null, type: null, name: null })).toMatchObject({
      name: null,
      type: null,
      meta: { prompt: 'a fox', seeds: [1, 2] },
    });
    expect(await models.update(one, { meta: { a: [null, 'b'] }, description: 'c' })).toMatchObject({
      meta: { a: [null, 'b'], description: 'c' },
    });
    expect(await models.update(one, { meta: null })).toMatchObject({ meta: {} });
  });

  it.each([
    [{ name: ' ' }, 'A name has 1 to 500 characters'],
    [{ name: 'x'.repeat(501) }, 'A name has 1 to 500 characters'],
    [{ type: 'a\0b' }, 'A type has 1 to 100 characters'],
    [{ description: 'x'.repeat(20_001) }, 'A description has at most 20000'],
    [{ meta: [] }, 'is a JSON object'],
    [{ meta: { text: 'x'.repeat(1024 * 1024) } }, 'at most 1024 KiB'],
    [{ tags: ['a'], addTags: ['b'] }, '`tags` replaces all'],
    [{ addTags: [' '] }, 'A tag has 1 to 100 characters'],
  ])('refuses %j and changes nothing', async (changes, message) => {
    const database = await open();
    await addModel(database, one, { name: 'kept' });
    const models = createModels({ database });
    await expect(models.update(one, { type: 'lora', ...changes })).rejects.toThrow(message);
    expect(await models.findMany([one])).toMatchObject([{ name: 'kept', type: null, updatedAt: null }]);
    await expect(models.update(two, { name: 'x' })).rejects.toThrow('no model record');
  });

  it('is given tags and loses them; those of the earlier application stay, and no migration brings them back', async () => {
    const database = await open();
    const models = createModels({ database });
    await addModel(database, one);
    await database.prisma.tag.createMany({
      data: [
        { id: 1, name: 'Portrait' },
        { id: 2, name: 'portrait' },
        { id: 3, name: 'old' },
      ],
    });
    await database.prisma.modelTag.createMany({
      data: [
        { sha256: one, tagId: 3 },
        { sha256: one, tagId: 1 },
      ],
    });
    const tags = async () => (await models.tagsOfModels([one]))[0]?.map(({ id, name }) => `${id} ${name}`);
    await models.update(one, { addTags: ['portrait', 'Fuchs', 'Épée'], removeTags: ['OLD', 'never there'] });
    expect(await tags()).toEqual(expect.arrayContaining(['1 Portrait', '1000000000 Fuchs', '1000000001 Épée']));
    expect(await tags()).toHaveLength(3);
    await storeModelTags(database, JSON.stringify([[one, 3]]));
    expect(await tags()).toHaveLength(3);

    await addModel(database, two);
    await models.update(two, { tags: ['fuchs'] });
    expect(await models.modelCountsOfTags([1_000_000_000])).toEqual([2]);
    await models.update(one, { tags: null });
    expect(await tags()).toEqual([]);
    // A person's tag without a model is gone.
    expect((await models.tags(null)).map(({ name }) => name).toSorted()).toEqual([
      'Fuchs',
      'Portrait',
      'old',
      'portrait',
    ]);
  });

  it('gets one number for a tag that several give at once', async () => {
    const database = await open();
    const models = createModels({ database });
    const hashes = [one, two, three, four];
    for (const sha256 of hashes) await addModel(database, sha256);
    await Promise.all(hashes.map((sha256, index) => models.update(sha256, { addTags: ['same', `own ${index}`] })));
    expect(await database.prisma.tag.count()).toBe(5);
    const same = await database.prisma.tag.findFirstOrThrow({ where: { name: 'same' } });
    expect(await models.modelCountsOfTags([same.id])).toEqual([4]);
  });

  it('is listed by name as people expect, by time of change and by size, a page at a time in both directions', async () => {
    const database = await open();
    const models = createModels({ database });
    await addModel(database, one, { name: 'SDXL v10', sizeBytes: 10n, createdAt: new Date(4_000) });
    await addModel(database, two, { name: 'sdxl v2', sizeBytes: null, createdAt: new Date(3_000) });
    await addModel(database, three, {
      name: null,
      path: 'D:\\models\\Äpfel.bin',
      sizeBytes: 7n,
      createdAt: new Date(2_000),
    });
    await addModel(database, four, { name: 'Zebra', sizeBytes: 7n, createdAt: new Date(1_000), type: 'lora' });
    const log = { error: (fields: unknown) => expect.unreachable(JSON.stringify(fields)) };
    await createModelNames({ database, log }).drain();
    await models.update(four, { description: 'changed last' });
    const orders = {
      NAME: [three, two, one, four],
      UPDATED_AT: [three, two, one, four],
      SIZE: [two, three, four, one],
      CREATED_AT: [four, three, two, one],
    } as const;
    for (const [field, expected] of Object.entries(orders)) {
      for (const descending of [false, true]) {
        const order = { field: field as keyof typeof orders, descending };
        const inOrder = descending ? expected.toReversed() : expected;
        for (const backward of [false, true]) {
          const found: string[] = [];
          for (let cursor: string | null = null; ;) {
            const page = await models.list({}, { count: 1, backward, cursor }, order);
            const [edge] = page.edges;
            if (edge === undefined) break;
            found.push(edge.node.sha256);
            cursor = edge.cursor;
          }
          expect({ ...order, backward, found }).toEqual({
            ...order,
            backward,
            found: backward ? inOrder.toReversed() : inOrder,
          });
        }
      }
    }
    const byName = { field: 'NAME', descending: false } as const;
    expect((await models.list({ type: 'lora' }, firstPage, byName)).edges.map(({ node }) => node.sha256)).toEqual([
      four,
    ]);
    const [edge] = (await models.list({}, firstPage, byName)).edges;
    const foreign = { ...firstPage, cursor: edge?.cursor ?? '' };
    await expect(models.list({}, foreign)).rejects.toThrow('is not a cursor');
    await expect(models.list({}, foreign, { field: 'SIZE', descending: false })).rejects.toThrow('is not a cursor');
  });
});
