import { expect, it } from 'vitest';
import { graphql } from '../../generated/gql.ts';
import type { MediaOrderField, PageOfMediaQueryVariables } from '../../generated/graphql.ts';
import { catalogueFiles, moveToStatus } from '../../support/catalogued-files.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const PageOfMedia = graphql(/* GraphQL */ `
  query PageOfMedia($orderBy: MediaOrder, $first: Int, $after: String, $last: Int, $before: String) {
    media(orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        cursor
        node {
          filename
        }
      }
    }
  }
`);

async function readPage(service: TestService, variables: PageOfMediaQueryVariables) {
  const { media } = await service.request(PageOfMedia, variables);
  return { ...media, names: media.edges.map(({ node }) => node.filename) };
}

const names = (count: number, prefix = 'f') => Array.from({ length: count }, (_, index) => `${prefix}${index}.mp4`);

async function add({ app, category }: TestService, filenames: string[], now = new Date()): Promise<void> {
  // The folders make the paths differ in another order than the names.
  const files = filenames.map((name, index) => ({ relativePath: `${9 - (index % 3)}/${name}`, sizeBytes: index % 2 }));
  await catalogueFiles(app.database, category('movies'), files, now);
}

const fields: MediaOrderField[] = [
  'CREATED_AT',
  'UPDATED_AT',
  'MODIFIED_AT',
  'TITLE',
  'FILENAME',
  'SIZE',
  'CAPTURED_AT',
  'DURATION',
  'STATUS',
];

describeOnEachDatabase('Pages of media', (open) => {
  it('give each item once, in both directions and every order, though most values are the same', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await add(service, names(7));
    await add(service, names(3)); // the same files again: no items of their own
    await catalogueFiles(service.app.database, service.category('photos'), [{ relativePath: 'f0.jpg' }]);
    await service.app.database.prisma.mediaItem.updateMany({ data: { title: 'Same', titleKey: 'same' } });
    await moveToStatus(service.app.database, 'f3.mp4', 'MISSING');
    for (const field of fields) {
      for (const direction of ['ASC', 'DESC'] as const) {
        const orderBy = { field, direction };
        const whole = await readPage(service, { orderBy });
        expect(whole.names.toSorted()).toEqual(['f0.jpg', ...names(7)].toSorted());
        expect(await walk(service, { orderBy, forward: true })).toEqual(whole.names);
        expect(await walk(service, { orderBy, forward: false })).toEqual(whole.names);
      }
    }
  });

  it('tell where they are', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await add(service, names(3));
    const orderBy = { field: 'FILENAME', direction: 'ASC' } as const;
    const whole = await readPage(service, { orderBy });
    const [first, second, third] = whole.edges.map(({ cursor }) => cursor) as [string, string, string];
    const middle = { names: ['f1.mp4'], totalCount: 3, pageInfo: { startCursor: second, endCursor: second } };
    expect(whole.pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: first,
      endCursor: third,
    });
    expect(await readPage(service, { orderBy, first: 1, after: first })).toMatchObject({
      ...middle,
      pageInfo: { ...middle.pageInfo, hasNextPage: true, hasPreviousPage: true },
    });
    expect(await readPage(service, { orderBy, last: 1, before: third })).toMatchObject({
      ...middle,
      pageInfo: { ...middle.pageInfo, hasNextPage: true, hasPreviousPage: true },
    });
    expect(await readPage(service, { orderBy, first: 2 })).toMatchObject({
      names: ['f0.mp4', 'f1.mp4'],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    expect(await readPage(service, { orderBy, last: 2 })).toMatchObject({
      names: ['f1.mp4', 'f2.mp4'],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    expect(await readPage(service, { orderBy, first: 0 })).toMatchObject({
      names: [],
      totalCount: 3,
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it('have 50 items unless told otherwise, and up to 200', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await add(service, names(201));
    expect(await readPage(service, {})).toMatchObject({ names: { length: 50 }, totalCount: 201 });
    expect(await readPage(service, { first: 200 })).toMatchObject({ names: { length: 200 } });
    expect(await readPage(service, { last: 200 })).toMatchObject({ names: { length: 200 } });
  });

  it('neither skip nor repeat an item while others are added on both sides', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await add(service, ['m1.mp4', 'm2.mp4', 'm3.mp4', 'm4.mp4']);
    const orderBy = { field: 'FILENAME', direction: 'ASC' } as const;
    const start = await readPage(service, { orderBy, first: 2 });
    await add(service, ['m0.mp4', 'm1b.mp4', 'm2b.mp4', 'm5.mp4']);
    const next = await readPage(service, { orderBy, first: 10, after: start.pageInfo.endCursor });
    expect([...start.names, ...next.names]).toEqual(['m1.mp4', 'm2.mp4', 'm2b.mp4', 'm3.mp4', 'm4.mp4', 'm5.mp4']);

    // The newest first: what is new stands before every page that was read.
    const newest = await readPage(service, { first: 3 });
    await add(service, names(5), new Date(Date.now() + 60_000));
    const older = await readPage(service, { first: 10, after: newest.pageInfo.endCursor });
    expect([...newest.names, ...older.names]).toHaveLength(8);
    expect(new Set([...newest.names, ...older.names]).size).toBe(8);
  });

  it('go on behind an item that is gone', async () => {
    const service = await startTestService({ databaseUrl: open.url() });
    await add(service, names(4));
    const orderBy = { field: 'SIZE', direction: 'DESC' } as const;
    const whole = await readPage(service, { orderBy });
    const start = await readPage(service, { orderBy, first: 2 });
    await service.app.database.prisma.mediaItem.deleteMany({ where: { filename: start.names[1]! } });
    const next = await readPage(service, { orderBy, after: start.pageInfo.endCursor });
    expect(next.names).toEqual(whole.names.slice(2));
  });
});

/** Reads the list two by two; gives the names in the list's own order, whichever way it went. */
async function walk(
  service: TestService,
  { orderBy, forward }: { orderBy: PageOfMediaQueryVariables['orderBy']; forward: boolean },
): Promise<string[]> {
  const read: string[] = [];
  let cursor: string | null | undefined;
  for (;;) {
    const place = forward ? { first: 2, after: cursor } : { last: 2, before: cursor };
    const { names, pageInfo } = await readPage(service, { orderBy, ...place });
    if (forward) read.push(...names);
    else read.unshift(...names);
    if (!(forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return read;
    cursor = forward ? pageInfo.endCursor : pageInfo.startCursor;
  }
}
