import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const cursorOf = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

async function askMedia(service: TestService, variables: object) {
  const query = `query ($filter: MediaFilter, $orderBy: MediaOrder, $first: Int, $after: String, $last: Int, $before: String) {
    media(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) { totalCount }
  }`;
  return service.post({ query, variables });
}

it('media names the argument that makes no sense', async () => {
  const service = await startTestService();
  const damaged = cursorOf('CREATED_AT', 1, 1).slice(2);
  const byTitle = { orderBy: { field: 'TITLE' } };
  const wrong: [string, object][] = [
    ['first', { first: 201 }],
    ['first', { first: -1 }],
    ['last', { last: 201 }],
    ['last', { first: 1, last: 1 }],
    ['before', { first: 1, before: cursorOf('CREATED_AT', 1, 1) }],
    ['after', { last: 1, after: cursorOf('CREATED_AT', 1, 1) }],
    ['after', { after: '' }],
    ['after', { after: 'rubbish' }],
    ['after', { after: damaged }],
    ['before', { before: damaged }],
    ['after', { after: cursorOf('CREATED_AT', 1) }],
    ['after', { after: cursorOf('CREATED_AT', '1', 1) }],
    ['after', { after: cursorOf('CREATED_AT', 1e300, 1) }],
    ['after', { after: cursorOf('CREATED_AT', 1, 2 ** 31) }],
    ['after', { after: cursorOf('constructor', 1, 1) }],
    ['after', { ...byTitle, after: cursorOf('CREATED_AT', 1, 1) }],
    ['after', { ...byTitle, after: cursorOf('TITLE', 'NUL \0', 1) }],
    ['after', { orderBy: { field: 'SIZE' }, after: cursorOf('SIZE', 1.5, 1) }],
    ['filter.search', { filter: { search: 'x'.repeat(201) } }],
    ['filter.search', { filter: { search: 'NUL \0' } }],
    ['filter.search', { filter: { search: 'half \ud83d' } }],
    ['filter.sha256', { filter: { sha256: 'abc' } }],
  ];
  for (const [field, variables] of wrong) {
    const { status, body } = await askMedia(service, variables);
    expect({ variables, status, body }).toMatchObject({
      status: 200,
      body: { data: null, errors: [{ path: ['media'], extensions: { code: 'INVALID_INPUT', field } }] },
    });
  }
  const unknown = await askMedia(service, { filter: { categories: ['movies', 'nothing'] } });
  expect(unknown.body.errors).toMatchObject([
    { message: expect.stringContaining('movies, photos'), extensions: { code: 'UNKNOWN_CATEGORY' } },
  ]);
  expect(service.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

it('documents and variables that break the rules of GraphQL are answered with 400', async () => {
  const service = await startTestService();
  const wrong: [string, unknown][] = [
    ['a syntax error', { query: '{ media {' }],
    ['an unknown field', { query: '{ media { nothing } }' }],
    ['an unknown enum value', { query: '{ media(orderBy: { field: COLOUR }) { totalCount } }' }],
    [
      'a variable of the wrong type',
      { query: 'query ($n: Int) { media(first: $n) { totalCount } }', variables: { n: 'x' } },
    ],
    ['a variable that is missing', { query: 'query ($id: ID!) { mediaItem(id: $id) { id } }' }],
    ['a date that is none', { query: '{ media(filter: { createdAt: { gte: "yesterday" } }) { totalCount } }' }],
    ['an operation that is not there', { query: 'query A { scanInfo { status } }', operationName: 'B' }],
    ['a document of many thousand levels', { query: '{ node(id: "x") '.repeat(20_000) }],
    ['a document of many thousand fields', { query: `{ ${'scanInfo { status } '.repeat(10_000)} }` }],
    ['no JSON', '{ query'],
    ['no document', {}],
    ['several operations at once', [{ query: '{ scanInfo { status } }' }]],
  ];
  for (const [what, body] of wrong) {
    const answer = await service.post(body);
    expect({ what, status: answer.status }).toEqual({ what, status: 400 });
    expect(answer.body.errors?.length).toBeGreaterThan(0);
    expect(answer.body).not.toHaveProperty('data');
  }
  expect(service.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

it('GET asks and never changes', async () => {
  const service = await startTestService();
  const get = (query: string) => fetch(`${service.url}?query=${encodeURIComponent(query)}`);
  const answer = await get('{ scanInfo { status } }');
  expect(await answer.json()).toEqual({ data: { scanInfo: { status: 'IDLE' } } });
  const refused = await get('mutation { scanMedia(input: {}) { __typename } }');
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST']);
  expect(await service.app.database.prisma.job.count()).toBe(0);
});

it('a failure inside the service tells nothing of its insides, and the log has it under the ID of the request', async () => {
  const service = await startTestService();
  const { prisma } = service.app.database;
  await prisma.$executeRawUnsafe('ALTER TABLE media_items RENAME TO media_items_gone');
  const query = 'query ($id: ID!) { mediaItem(id: $id) { id } scanInfo { status } }';
  const { status, headers, body } = await service.post({ query, variables: { id: encodePublicId('MediaItem', 1) } });
  expect(status).toBe(200);
  expect(body).toEqual({
    data: { mediaItem: null, scanInfo: { status: 'IDLE' } },
    errors: [
      {
        message: "Something went wrong inside the service. Its log has the details under this request's ID.",
        path: ['mediaItem'],
        locations: [{ line: 1, column: 20 }],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ],
  });
  expect(service.logged.filter(({ level }) => Number(level) >= 50)).toEqual([
    expect.objectContaining({
      msg: 'An operation failed unexpectedly',
      reqId: headers.get('x-request-id'),
      err: expect.objectContaining({ message: expect.stringContaining('media_items'), stack: expect.any(String) }),
    }),
  ]);
});

it('a failure of a mutation is masked in the same way', async () => {
  const service = await startTestService();
  const { prisma } = service.app.database;
  await prisma.$executeRawUnsafe('ALTER TABLE jobs RENAME TO jobs_gone');
  const { body } = await service.post({ query: 'mutation { scanMedia(input: {}) { __typename } }' });
  expect(body).toMatchObject({ data: null, errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
  expect(JSON.stringify(body)).not.toMatch(/jobs|sqlite|prisma|src\//i);
  await prisma.$executeRawUnsafe('ALTER TABLE jobs_gone RENAME TO jobs'); // the service needs it to stop
});
