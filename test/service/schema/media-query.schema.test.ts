import { expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import type { ListMediaQuery, ListMediaQueryVariables, MediaFilter, MediaOrder } from '../../generated/graphql.ts';
import type { SortField } from '../../../src/library/catalogue/sql/sort-columns.ts';
import { catalogueFiles, moveToStatus } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const ListMedia = graphql(/* GraphQL */ `
  query ListMedia(
    $filter: MediaFilter
    $orderBy: MediaOrder
    $skip: Int
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    media(
      filter: $filter
      orderBy: $orderBy
      skip: $skip
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        node {
          filename
        }
      }
    }
  }
`);

async function list(service: TestService, filter: MediaFilter, field: SortField = 'FILENAME') {
  const { media } = await service.request(ListMedia, { filter, orderBy: { field, direction: 'ASC' } });
  const names = media.edges.map(({ node }) => node.filename);
  expect(media.totalCount).toBe(names.length);
  return names;
}

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
const sha256 = 'ab'.repeat(32);

/** Four films of which one is missing and one deleted, and a photo. */
async function stock({ app, category }: TestService): Promise<void> {
  const { database } = app;
  const films = [
    { relativePath: 'Noir/The_Long_Tide.mp4', sizeBytes: 300, modifiedAtMs: at(3).getTime() },
    { relativePath: 'Noir/Ölberg.mp4', sizeBytes: 5_000_000_000, modifiedAtMs: at(4).getTime() },
  ];
  await catalogueFiles(database, category('movies'), films, at(10));
  const lost = [{ relativePath: 'deleted.mp4' }, { relativePath: 'missing.mp4' }];
  await catalogueFiles(database, category('movies'), lost, at(11));
  await catalogueFiles(database, category('photos'), [{ relativePath: '100%_sun.jpg', sizeBytes: 20 }], at(12));
  await moveToStatus(database, 'deleted.mp4', 'DELETED');
  await moveToStatus(database, 'missing.mp4', 'MISSING');
  await database.prisma.mediaItem.updateMany({ where: { filename: 'missing.mp4' }, data: { sha256 } });
}

const tide = 'The_Long_Tide.mp4';
const oelberg = 'Ölberg.mp4';
const sun = '100%_sun.jpg';
const missing = 'missing.mp4';

describeOnEachDatabase('media', (open) => {
  it('lists what meets every condition of the filter, and all but deleted items without one', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await stock(service);
    const cases: [MediaFilter, string[]][] = [
      [{}, [sun, tide, missing, oelberg]],
      [{ categories: ['movies'] }, [tide, missing, oelberg]],
      [{ categories: ['movies', 'photos'] }, [sun, tide, missing, oelberg]],
      [{ categories: [] }, []],
      [{ mediaTypes: ['IMAGE'] }, [sun]],
      [{ mediaTypes: ['AUDIO'] }, []],
      [{ statuses: ['AVAILABLE'] }, [sun, tide, oelberg]],
      [{ statuses: ['MISSING', 'DELETED'] }, ['deleted.mp4', missing]],
      [{ sizeBytes: { gte: 300 } }, [tide, missing, oelberg]],
      [{ sizeBytes: { gte: 300, lte: 300 } }, [tide]],
      [{ sizeBytes: { gte: 5_000_000_000 } }, [oelberg]],
      [{ modifiedAt: { gte: at(3).toISOString(), lt: at(4).toISOString() } }, [tide]],
      [{ capturedAt: { gte: at(3).toISOString(), lt: at(4).toISOString() } }, [tide]],
      [{ createdAt: { lt: at(11).toISOString() } }, [tide, oelberg]],
      [{ createdAt: { gte: at(11).toISOString() } }, [sun, missing]],
      [{ sha256: sha256.toUpperCase() }, [missing]],
      [{ sha256, statuses: ['AVAILABLE'] }, []],
      [{ categories: ['movies'], search: 'noir', sizeBytes: { lte: 300 } }, [tide]],
      [{ categories: [], sizeBytes: { gte: 1 } }, []],
      [{ search: null, categories: null, sizeBytes: { gte: null, lte: 20 } }, [sun]],
    ];
    for (const [filter, expected] of cases) {
      expect({ filter, found: await list(service, filter) }).toEqual({ filter, found: expected });
    }
  });

  it('finds a part of the title, description, filename or path in any case, before and after it was indexed', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await stock(service);
    await service.app.database.prisma.mediaItem.updateMany({
      where: { filename: sun },
      data: { searchText: '100% sun\na beach in juli\n100%_sun.jpg' },
    });
    const searches: [string, string[]][] = [
      ['LONG TIDE', [tide]],
      ['long_tide', [tide]],
      ['noir/', [tide, oelberg]],
      ['BEACH', [sun]],
      ['öLB', [oelberg]],
      ['O\u0308lberg', [oelberg]],
      ['%', [sun]],
      ['100%_', [sun]],
      ['1_0', []],
      ['"', []],
      ['"long" OR tide', []],
      ['tid*', []],
      ['', [sun, tide, missing, oelberg]],
    ];
    for (const isIndexed of [false, true]) {
      if (isIndexed) await service.app.searchIndexer.drain();
      for (const [search, expected] of searches) {
        const found = await list(service, { search });
        expect({ isIndexed, search, found }).toEqual({ isIndexed, search, found: expected });
      }
    }
  });

  it('sorts by each field, ties by age', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    const { database } = service.app;
    const files = [
      { relativePath: 'b.mp4', sizeBytes: 2, modifiedAtMs: 1000 },
      { relativePath: 'x/A.mp4', sizeBytes: 3, modifiedAtMs: 2000 },
      { relativePath: 'a.mp4', sizeBytes: 2, modifiedAtMs: 3000 },
    ];
    for (const [index, file] of files.entries()) {
      await catalogueFiles(database, service.category('movies'), [file], at(index + 1));
    }
    await database.prisma.mediaItem.updateMany({ where: { filename: 'a.mp4' }, data: { durationSeconds: 0.5 } });
    await database.prisma.mediaItem.updateMany({ where: { filename: 'A.mp4' }, data: { capturedAt: new Date(500) } });
    await moveToStatus(database, 'b.mp4', 'MISSING');
    const ascending: Record<SortField, string[]> = {
      CREATED_AT: ['b.mp4', 'A.mp4', 'a.mp4'],
      UPDATED_AT: ['b.mp4', 'A.mp4', 'a.mp4'],
      MODIFIED_AT: ['b.mp4', 'A.mp4', 'a.mp4'],
      CAPTURED_AT: ['A.mp4', 'b.mp4', 'a.mp4'],
      TITLE: ['A.mp4', 'a.mp4', 'b.mp4'],
      FILENAME: ['A.mp4', 'a.mp4', 'b.mp4'],
      SIZE: ['b.mp4', 'a.mp4', 'A.mp4'],
      DURATION: ['b.mp4', 'A.mp4', 'a.mp4'],
      STATUS: ['A.mp4', 'a.mp4', 'b.mp4'],
      PATH: ['a.mp4', 'b.mp4', 'A.mp4'],
      HIERARCHY: ['a.mp4', 'b.mp4', 'A.mp4'],
      DELETED_AT: ['b.mp4', 'A.mp4', 'a.mp4'],
      MISSING_SINCE: ['A.mp4', 'a.mp4', 'b.mp4'],
    };
    for (const [field, expected] of Object.entries(ascending) as [SortField, string[]][]) {
      expect({ field, found: await list(service, {}, field) }).toEqual({ field, found: expected });
      const { media } = await service.request(ListMedia, { orderBy: { field, direction: 'DESC' } });
      const descending = media.edges.map(({ node }) => node.filename);
      expect({ field, descending }).toEqual({ field, descending: expected.toReversed() });
    }
  });

  it('begins at a value of the order, after so many items, and goes on in both directions', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    const names = ['E1', 'E2', 'E10', 'Äpfel', 'Zebra'];
    const files = names.map((name, index) => ({
      relativePath: `${name}.mp4`,
      modifiedAtMs: Date.UTC(2014, index, 15),
      sizeBytes: index,
    }));
    await catalogueFiles(service.app.database, service.category('movies'), files);
    const page = async (orderBy: MediaOrder, others: Partial<ListMediaQueryVariables> = {}) => {
      const { media } = await service.request(ListMedia, { orderBy, ...others });
      return { names: media.edges.map(({ node }) => node.filename.slice(0, -4)), ...media.pageInfo };
    };
    const cases: [MediaOrder, string[]][] = [
      [{ field: 'TITLE', direction: 'ASC' }, ['Äpfel', 'E1', 'E2', 'E10', 'Zebra']],
      [{ field: 'TITLE', direction: 'ASC', from: 'e2' }, ['E2', 'E10', 'Zebra']],
      [{ field: 'TITLE', direction: 'DESC', from: 'E' }, ['E10', 'E2', 'E1', 'Äpfel']],
      [{ field: 'MODIFIED_AT', direction: 'ASC', from: '2014-03' }, ['E10', 'Äpfel', 'Zebra']],
      [{ field: 'MODIFIED_AT', direction: 'DESC', from: '2014-03' }, ['E10', 'E2', 'E1']],
      [{ field: 'MODIFIED_AT', direction: 'DESC', from: '2013' }, []],
      [{ field: 'SIZE', direction: 'DESC', from: '1' }, ['E2', 'E1']],
    ];
    for (const [order, expected] of cases) expect({ order, ...(await page(order)) }).toMatchObject({ order, names: expected });
    const order: MediaOrder = { field: 'TITLE', direction: 'ASC', from: 'e2' };
    const begun = await page(order, { first: 1 });
    expect(begun).toMatchObject({ names: ['E2'], hasNextPage: true, hasPreviousPage: true });
    const back = await page({ field: 'TITLE', direction: 'ASC' }, { last: 5, before: begun.startCursor });
    expect(back.names).toEqual(['Äpfel', 'E1']);
    expect((await page({ field: 'TITLE', direction: 'ASC' }, { skip: 3 })).names).toEqual(['E10', 'Zebra']);
    expect((await page({ field: 'TITLE', direction: 'ASC' }, { skip: 1, last: 2 })).names).toEqual(['E2', 'E10']);
    expect((await page({ field: 'TITLE', direction: 'ASC' }, { skip: 9 })).names).toEqual([]);
  });

  it('refuses a beginning, a seed and a number to pass over that make no sense', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    const cases: [string, ListMediaQueryVariables][] = [
      ['orderBy.from', { orderBy: { field: 'MODIFIED_AT', direction: 'ASC', from: 'March' } }],
      ['orderBy.from', { orderBy: { field: 'MODIFIED_AT', direction: 'ASC', from: '2014-02-30' } }],
      ['orderBy.from', { orderBy: { field: 'SIZE', direction: 'ASC', from: '1 GiB' } }],
      ['orderBy.from', { orderBy: { field: 'RANDOM', direction: 'ASC', from: '1', seed: 1 } }],
      ['orderBy.from', { orderBy: { field: 'TITLE', direction: 'ASC', from: '1' }, last: 5 }],
      ['orderBy.seed', { orderBy: { field: 'RANDOM', direction: 'ASC' } }],
      ['skip', { skip: -1 }],
      ['skip', { skip: 10_001 }],
    ];
    for (const [field, variables] of cases) {
      const { body } = await service.post({ query: String(ListMedia), variables });
      expect({ variables, body }).toMatchObject({ body: { errors: [{ extensions: { code: 'INVALID_INPUT', field } }] } });
    }
  });

  it('shuffles by a seed: each item once, on pages of any size, in both directions', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    const files = Array.from({ length: 40 }, (_, index) => ({ relativePath: `${index}.mp4` }));
    await catalogueFiles(service.app.database, service.category('movies'), files);
    const read = async (seed: number, first: number, direction: 'ASC' | 'DESC' = 'ASC') => {
      const names: string[] = [];
      for (let after: string | null | undefined = null; ;) {
        const orderBy = { field: 'RANDOM' as const, direction, seed };
        const { media }: ListMediaQuery = await service.request(ListMedia, { orderBy, first, after });
        names.push(...media.edges.map(({ node }) => node.filename));
        if (!media.pageInfo.hasNextPage) return names;
        after = media.pageInfo.endCursor;
      }
    };
    const whole = await read(7, 200);
    expect(new Set(whole).size).toBe(40);
    expect(await read(7, 7)).toEqual(whole);
    expect(await read(7, 7, 'DESC')).toEqual(whole.toReversed());
    expect(await read(8, 200)).not.toEqual(whole);
  });
});
