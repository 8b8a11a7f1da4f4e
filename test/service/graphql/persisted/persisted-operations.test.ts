import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestService, type TestService } from '../../../support/test-service.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const viewer = 'query Viewer { viewer { name role } }';
const search = 'query Search($term: String!) { media(filter: { search: $term }, first: 1) { totalCount } }';
const remove = 'mutation Change($input: UploadMediaInput!) { uploadMedia(input: $input) { __typename } }';
const status = 'subscription Follow { scanProgress { status } }';
const flat = { aaa: viewer, bbb: search, ccc: remove, ddd: status };
const apollo = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: Object.entries(flat).map(([id, body]) => ({ id, body, name: 'x', type: 'query' })),
};

async function manifest(content: unknown): Promise<string> {
  const path = join(await temporaryFolder(), 'persisted-documents.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function start(content: unknown, only: 'on' | 'off'): Promise<TestService> {
  const environment = { PERSISTED_OPERATIONS: await manifest(content), PERSISTED_OPERATIONS_ONLY: only };
  return startTestService({ environment });
}

const byHash = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

async function overWebSocket(url: string, payload: Record<string, unknown>): Promise<unknown> {
  const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
  onTestFinished(() => void client.dispose());
  const results = client.iterate({ query: '', ...payload });
  try {
    return (await results.next()).value;
  } catch (error) {
    return { errors: error };
  } finally {
    await results.return?.();
  }
}

describe.each([
  ['of hashes', flat],
  ['of Apollo', apollo],
])('with a manifest %s', (_, content) => {
  it('operations are carried out by their IDs, over every transport', async () => {
    const service = await start(content, 'on');
    const answer = (await service.post(byHash('aaa'))).body;
    expect(answer).toHaveProperty('data.viewer.role', 'ADMIN');
    expect((await service.post({ documentId: 'bbb', variables: { term: 'x' } })).body).toEqual({
      data: { media: { totalCount: 0 } },
    });
    const got = await fetch(
      `${service.url}?extensions=${encodeURIComponent(JSON.stringify(byHash('aaa').extensions))}`,
    );
    expect(await got.json()).toEqual(answer);

    const form = new FormData();
    form.set('operations', JSON.stringify({ ...byHash('ccc'), variables: { input: { file: null } } }));
    form.set('map', '{"0":["variables.input.file"]}');
    form.set('0', new Blob(['no film']), 'film.mp4');
    const sent = await fetch(service.url, {
      method: 'POST',
      body: form,
      headers: { 'graphql-require-preflight': '1' },
    });
    expect(await sent.json()).toMatchObject({
      data: { uploadMedia: { __typename: expect.stringContaining('Error') } },
    });

    expect(await overWebSocket(service.url, byHash('aaa'))).toEqual(answer);
    // Without a scan there is nothing to tell of yet.
    const { id } = await service.app.scanner.start({});
    await service.app.jobs.waitFor(id);
    expect(await overWebSocket(service.url, byHash('ddd'))).toEqual({
      data: { scanProgress: { status: 'SUCCEEDED' } },
    });
  });
});

describe('with PERSISTED_OPERATIONS_ONLY', () => {
  it('nothing else is, over any transport, and GraphiQL is off', async () => {
    const service = await start(flat, 'on');
    const listed = [{ extensions: { code: 'PERSISTED_QUERY_ONLY' } }];
    const unknown = [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }];
    for (const query of [viewer, '{ __typename }', '{ syntax']) {
      expect((await service.post({ query })).body).toMatchObject({ errors: listed });
      expect((await service.post({ query, ...byHash('aaa') })).body).toMatchObject({ errors: listed });
      const got = await fetch(`${service.url}?query=${encodeURIComponent(query)}`);
      expect(await got.json()).toMatchObject({ errors: listed });
      expect(await overWebSocket(service.url, { query })).toMatchObject({ errors: listed });
    }
    const form = new FormData();
    form.set('operations', JSON.stringify({ query: remove, variables: { input: { file: null } } }));
    form.set('map', '{"0":["variables.input.file"]}');
    form.set('0', new Blob(['no film']), 'film.mp4');
    const sent = await fetch(service.url, {
      method: 'POST',
      body: form,
      headers: { 'graphql-require-preflight': '1' },
    });
    expect(await sent.json()).toMatchObject({ errors: listed });
    for (const id of ['zzz', '__proto__', 'constructor']) {
      expect((await service.post(byHash(id))).body).toMatchObject({ errors: unknown });
      expect(await overWebSocket(service.url, byHash(id))).toMatchObject({ errors: unknown });
    }
    expect((await service.post({})).body).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_ID_REQUIRED' } }],
    });
    expect((await fetch(service.url, { headers: { accept: 'text/html' } })).status).not.toBe(200);
  });

  it('off, documents are carried out as before, and GraphiQL is there', async () => {
    const service = await start(flat, 'off');
    expect((await service.post({ query: '{ __typename }' })).body).toEqual({ data: { __typename: 'Query' } });
    expect((await service.post(byHash('aaa'))).body).toHaveProperty('data.viewer');
    expect(await overWebSocket(service.url, { query: '{ __typename }' })).toEqual({ data: { __typename: 'Query' } });
    expect((await fetch(service.url, { headers: { accept: 'text/html' } })).status).toBe(200);
  });
});

it.each([
  [
    'an unknown field',
    { one: viewer, two: '{ viewer { colour } }' },
    /two: FieldsOnCorrectTypeRule: Cannot query field "colour"/,
  ],
  ['a missing argument', { two: '{ mediaItem { id } }' }, /two: ProvidedRequiredArgumentsRule/],
  ['a syntax error', { two: '{ viewer' }, /two: syntax: Syntax Error/],
  ['fields below a text', { two: `{ categories ${'{ key '.repeat(3)}${'}'.repeat(3)} }` }, /two: ScalarLeafsRule/],
  [
    'too many aliases',
    { two: `{ ${Array.from({ length: 20 }, (_, n) => `a${n}: viewer { name }`).join(' ')} }` },
    /two: limit: Aliases limit of 15 exceeded, found 20/,
  ],
  [
    'too many words',
    { two: `{ media(filter: { categories: [${'"a" '.repeat(1_000)}] }) { totalCount } }` },
    /two: limit: Document contains more/,
  ],
  ['no JSON', 'query', /it is no JSON/],
  ['another form', { two: { document: viewer } }, /neither an object of documents/],
])('a manifest with %s keeps the service from starting, and says why', async (_, content, message) => {
  const refusal = start(content, 'on');
  await expect(refusal).rejects.toMatchObject({ code: 'INVALID_PERSISTED_OPERATIONS' });
  await expect(refusal).rejects.toThrow(message);
});

it('a manifest that is not there keeps the service from starting', async () => {
  const environment = { PERSISTED_OPERATIONS: '/nowhere/persisted-documents.json' };
  await expect(startTestService({ environment })).rejects.toThrow('ENOENT');
});
