import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestService, startTestService, type TestService } from '../../../support/test-service.ts';

const html = '<!doctype html><base href="/" /><script src="theme.js"></script>';
const script = 'console.log(1);'.repeat(100);
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const viewer = { id: 'sha256:of-the-page', text: 'query Viewer { viewer { role } }' };

let folder: string;
let service: TestService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mediashelf-page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), html);
  await writeFile(join(folder, 'theme.js'), 'theme');
  await writeFile(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(folder, 'mediashelf.webmanifest'), '{}');
  await writeFile(join(folder, 'assets/index-1a2b.js'), script);
  await writeFile(join(folder, 'assets/index-1a2b.js.gz'), gzipSync(script));
  await writeFile(join(folder, 'assets/index-1a2b.js.br'), brotliCompressSync(script));
  await writeFile(join(folder, 'persisted-documents.json'), JSON.stringify({ [viewer.id]: viewer.text }));
  service = await openTestService({ page: folder });
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

const ask = (path: string, options: RequestInit = {}, of: TestService = service) =>
  fetch(new URL(path, of.url), { redirect: 'manual', ...options });

it('gives browsers the page at each of its addresses, with a policy that lets nothing inline run', async () => {
  for (const path of [
    '/',
    '/c/photos',
    '/c/photos/2014',
    '/item/abc',
    '/trash',
    '/status',
    '/settings',
    '/models',
    '/models/pending',
    '/migration',
    '/?q=x',
  ]) {
    const answer = await ask(path, { headers: browser });
    expect([path, answer.status, await answer.text()]).toEqual([path, 200, html]);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe/);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
  }
});

it('answers a browser that has the page already with 304', async () => {
  const etag = (await ask('/', { headers: browser })).headers.get('etag') ?? '';
  const again = await ask('/c/photos', {
    headers: { ...browser, 'if-none-match': etag, 'cache-control': 'max-age=0' },
  });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

it('leads programs to GraphQL as before, and says problems at addresses that are none', async () => {
  const root = await ask('/');
  expect([root.status, root.headers.get('location')]).toEqual([302, 'graphql']);
  for (const [path, headers] of [
    ['/c/photos', {}],
    ['/nowhere', browser],
    ['/assets/gone.js', browser],
    ['/assets/', browser],
    ['/assets/..%2findex.html', browser],
    ['/assets/%2e%2e/persisted-documents.json', browser],
    ['/persisted-documents.json', browser],
    ['/index.html', browser],
  ] as const) {
    const answer = await ask(path, { headers });
    expect([path, answer.status]).toEqual([path, 404]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  }
});

it('lets files whose names change with their content be kept for good, packed where the client takes it', async () => {
  const plain = await ask('/assets/index-1a2b.js', { headers: { 'accept-encoding': 'identity' } });
  expect([plain.status, await plain.text()]).toEqual([200, script]);
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const packed = await ask('/assets/index-1a2b.js', { headers: { 'accept-encoding': 'gzip' } });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(packed.headers.get('vary')).toMatch(/accept-encoding/i);
  expect(packed.headers.get('content-type')).toMatch(/javascript/);
  expect(await packed.text()).toBe(script);
  const smallest = await ask('/assets/index-1a2b.js', { headers: { 'accept-encoding': 'gzip, deflate, br' } });
  expect(smallest.headers.get('content-encoding')).toBe('br');
  expect(await smallest.text()).toBe(script);
  const known = await ask('/assets/index-1a2b.js', {
    headers: {
      'if-none-match': plain.headers.get('etag') ?? '',
      'accept-encoding': 'identity',
      'cache-control': 'max-age=0',
    },
  });
  expect([known.status, await known.text()]).toEqual([304, '']);
  const head = await ask('/assets/index-1a2b.js', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  for (const name of ['theme.js', 'icon.svg', 'mediashelf.webmanifest']) {
    const answer = await ask(`/${name}`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=0']);
  }
});

it('names the folder below which it is seen', async () => {
  const below = await startTestService({ page: folder, environment: { PUBLIC_URL: 'https://shelf.example/a&b' } });
  const answer = await ask('/a&b/c/photos', { headers: browser }, below);
  expect([answer.status, await answer.text()]).toEqual([200, html.replace('href="/"', 'href="/a&amp;b/"')]);
});

it('carries out the documents of the page by their hashes, and tells others that none are known here', async () => {
  expect((await service.post({ documentId: viewer.id })).body.data).toEqual({ viewer: { role: 'ADMIN' } });
  expect((await service.post({ query: '{ viewer { role } }' })).body.data).toEqual({ viewer: { role: 'ADMIN' } });
  const unknown = await service.post({ documentId: 'sha256:other' });
  expect(unknown.body.errors?.[0]?.extensions?.code).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
});

it('keeps the documents of the page where only listed operations are carried out', async () => {
  const listed = join(folder, 'listed.json');
  await writeFile(listed, JSON.stringify({ mine: '{ categories { key } }' }));
  const strict = await startTestService({
    page: folder,
    environment: { PERSISTED_OPERATIONS: listed, PERSISTED_OPERATIONS_ONLY: 'on' },
  });
  expect((await strict.post({ documentId: viewer.id })).body.data).toEqual({ viewer: { role: 'ADMIN' } });
  expect((await strict.post({ documentId: 'mine' })).body.data).toMatchObject({ categories: expect.anything() });
  const free = await strict.post({ query: '{ viewer { role } }' });
  expect(free.body.errors?.[0]?.extensions?.code).toBe('PERSISTED_QUERY_ONLY');
});

it('is left out by a setting, and where it was not built', async () => {
  for (const options of [{ page: folder, environment: { WEB: 'off' } }, { page: join(folder, 'nowhere') }]) {
    const without = await startTestService(options);
    expect((await ask('/', { headers: browser }, without)).status).toBe(302);
    expect((await ask('/c/photos', { headers: browser }, without)).status).toBe(404);
  }
});

it('is the same in production, and without GraphiQL', async () => {
  const strict = await startTestService({ page: folder, environment: { NODE_ENV: 'production', GRAPHIQL: 'off' } });
  for (const path of ['/', '/c/photos', '/item/abc']) {
    const answer = await ask(path, { headers: browser }, strict);
    expect([path, answer.status, await answer.text()]).toEqual([path, 200, html]);
    expect((await ask(path, { headers: browser, method: 'HEAD' }, strict)).status).toBe(200);
  }
  expect((await strict.post({ documentId: viewer.id })).body.data).toEqual({ viewer: { role: 'ADMIN' } });
  // Whoever goes there by hand gets no second page.
  const graphql = await ask('/graphql', { headers: browser }, strict);
  expect(await graphql.text()).not.toContain('<html');
});
