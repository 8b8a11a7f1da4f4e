import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWebSocketClient } from '../../support/subscribe.ts';
import { openTestService, type TestService } from '../../support/test-service.ts';

let production: TestService;
let development: TestService;

beforeAll(async () => {
  production = await openTestService({ environment: { NODE_ENV: 'production' } });
  development = await openTestService();
});
afterAll(() => Promise.all([production.close(), development.close()]));

const filtered = 'query ($f: MediaFilter) { media(filter: $f) { totalCount } }';
const ordered = 'query ($o: MediaOrder) { media(orderBy: $o) { totalCount } }';

/** Operations whose faults are a letter away from what is right, each with the code of its error. */
const misspelt: [string, object, string][] = [
  ['a field', { query: '{ categoriez { key } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['a value of an enum', { query: '{ media(orderBy: { field: TITEL }) { totalCount } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['a field of an interface', { query: '{ job(id: "x") { summary { added } } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['a field of a union', { query: 'mutation { cancelJob(id: "x") { message } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['an argument', { query: '{ media(frist: 1) { totalCount } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['a type', { query: 'query ($f: MediaFiltre) { media(filter: $f) { totalCount } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['a directive', { query: '{ media @inclde(if: true) { totalCount } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['a field of a value', { query: '{ media(filter: { serach: "x" }) { totalCount } }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['a field of a variable', { query: filtered, variables: { f: { serach: 'x' } } }, 'BAD_USER_INPUT'],
  ['a value of a variable', { query: ordered, variables: { o: { field: 'TITEL' } } }, 'BAD_USER_INPUT'],
];

describe.each(misspelt)('a misspelt name of %s', (_what, operation, code) => {
  it('gets no hint in production, and a code', async () => {
    const { body } = await production.post(operation);
    expect(body.errors?.length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toContain('Did you mean');
    for (const { message, extensions } of body.errors ?? []) {
      expect(extensions?.code).toBe(code);
      expect(message).toMatch(/[.\]"]$/);
    }
  });

  it('gets the same on a WebSocket', async () => {
    const client = openWebSocketClient(production.url);
    const errors = await firstErrors(client.iterate(operation as { query: string }));
    await client.dispose();
    expect(errors[0]?.extensions?.code).toBe(code);
    expect(JSON.stringify(errors)).not.toContain('Did you mean');
  });
});

type Errors = readonly { message?: string; extensions?: Record<string, unknown> }[];

async function firstErrors(results: AsyncIterable<{ errors?: Errors | undefined }>): Promise<Errors> {
  try {
    for await (const { errors } of results) return errors ?? [];
    return [];
  } catch (errors) {
    return errors as Errors; // the protocol has a message of its own for what failed before it began
  }
}

const limits: [string, string][] = [
  ['levels', `{ categories ${'{ key '.repeat(50)}${'}'.repeat(50)} }`],
  ['aliases', `{ ${Array.from({ length: 30 }, (_, index) => `a${index}: viewer { name }`).join(' ')} }`],
  ['directives', `{ viewer ${'@include(if: true) '.repeat(30)}{ name } }`],
  ['words', `{ viewer { ${'name '.repeat(2_000)} } }`],
];

it.each(limits)('a limit of %s does not call itself a syntax error', async (_what, query) => {
  const { body } = await development.post({ query });
  const limited = body.errors?.filter(({ extensions }) => extensions?.code === 'LIMIT_EXCEEDED') ?? [];
  expect(limited.length).toBeGreaterThan(0);
  expect(JSON.stringify(body)).not.toContain('Syntax Error');
  const client = openWebSocketClient(development.url);
  const errors = await firstErrors(client.iterate({ query }));
  expect(errors.map(({ extensions }) => extensions?.code)).toContain('LIMIT_EXCEEDED');
  expect(JSON.stringify(errors)).not.toContain('Syntax Error');
  await client.dispose();
});

it('every other error has a code too', async () => {
  const wrong: [unknown, string][] = [
    [{ query: '{ media {' }, 'GRAPHQL_PARSE_FAILED'],
    [{ query: 'query A { scanInfo { status } }', operationName: 'B' }, 'OPERATION_RESOLUTION_FAILURE'],
    [{ query: 'query A { __typename } query B { __typename }' }, 'OPERATION_RESOLUTION_FAILURE'],
    [{ query: 'query ($id: ID!) { mediaItem(id: $id) { id } }' }, 'BAD_USER_INPUT'],
    ['{ query', 'BAD_REQUEST'],
    [{}, 'BAD_REQUEST'],
    [{ query: 1 }, 'BAD_REQUEST'],
    [{ query: '{ __typename }', variables: 'x' }, 'BAD_REQUEST'],
    [[{ query: '{ __typename }' }], 'BAD_REQUEST'],
    [{ query: '{ __typename }', other: 1 }, 'BAD_REQUEST'],
  ];
  for (const [sent, code] of wrong) {
    const { body } = await development.post(sent);
    expect([sent, body.errors?.map(({ extensions }) => extensions?.code)]).toEqual([sent, [code]]);
  }
  const get = await fetch(
    `${development.url}?query=${encodeURIComponent('mutation { reloadMediaConfig { __typename } }')}`,
  );
  expect(await get.json()).toMatchObject({ errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED' } }] });
});

it('an ID without a document makes clients of Apollo go on with documents', async () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } };
  const refused = { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } };
  const url = `${development.url}?extensions=${encodeURIComponent(JSON.stringify(extensions))}`;
  const answers = [
    (await development.post({ operationName: null, variables: {}, extensions })).body,
    (await development.post({ documentId: 'x' })).body,
    await (await fetch(url)).json(),
  ];
  for (const answer of answers) expect(answer).toEqual({ errors: [refused] });
  expect((await development.post({ query: '{ __typename }', extensions })).body.data).toEqual({ __typename: 'Query' });
  const client = openWebSocketClient(development.url);
  expect(await firstErrors(client.iterate({ query: '', extensions }))).toMatchObject([refused]);
  await client.dispose();
});

it('events pass proxies that would wait for more', async () => {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  const body = JSON.stringify({ query: 'subscription { mediaChanged { category } }' });
  const leaving = new AbortController();
  const answer = await fetch(development.url, { method: 'POST', headers, body, signal: leaving.signal });
  expect(answer.headers.get('x-accel-buffering')).toBe('no');
  leaving.abort();
});
