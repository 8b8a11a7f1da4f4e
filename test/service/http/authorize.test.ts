import { writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { createClient } from 'graphql-ws';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createApiTokens } from '../../../src/service/access/api-tokens.ts';
import { openTestService, startTestService, type TestService } from '../../support/test-service.ts';

interface Found {
  id: string;
  streamUrl: string;
  downloadUrl: string;
  posterUrl: string;
  thumbnailUrl: string;
}

let service: TestService;
let authorization: string;
let found: Found;

beforeAll(async () => {
  service = await openTestService({ environment: { WRONG_TOKENS_PER_MINUTE: '100' } });
  await service.writeFiles('movies', ['film.mp4']);
  const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } });
  await picture.toFile(join(service.category('movies').rootPath, 'film-poster.jpg'));
  await writeFile(join(service.category('movies').rootPath, 'film.en.srt'), '1\n00:00:01,000 --> 00:00:02,000\nHi\n');
  const { database, jobs, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  await service.app.prober.drain();
  const { token } = await createApiTokens(database).create({ name: 'phone', role: 'VIEWER', expiresAt: null });
  authorization = `Bearer ${token}`;
  await vi.waitUntil(async () => !(await service.app.access.isOpen()), { timeout: 60_000 });
  const query = '{ media { edges { node { id streamUrl downloadUrl posterUrl thumbnailUrl } } } }';
  const { body } = await service.post({ query }, { authorization });
  found = (body.data as { media: { edges: { node: Found }[] } }).media.edges[0]?.node as Found;
});
afterAll(() => service.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(new URL(path, service.url), { method, headers });

/** Each route of the service, and who may use it. A route that is not here fails the test. */
const routes: Record<string, 'nobody' | 'viewer' | 'admin' | 'own'> = {
  '/': 'nobody',
  '/health/live': 'nobody',
  '/health/ready': 'nobody',
  // Decides by field: test/service/schema/access-matrix.test.ts.
  '/graphql': 'own',
  '/archive': 'viewer',
  '/archive/:category': 'viewer',
  '/archive/:category/*': 'viewer',
  '/images/:name': 'viewer',
  '/images/pending/:name': 'viewer',
  '/jobs/:id/report.json': 'admin',
  '/media/:id/companion': 'viewer',
  '/media/:id/download': 'viewer',
  '/media/:id/poster': 'viewer',
  '/media/:id/storyboard.vtt': 'viewer',
  '/media/:id/storyboard.webp': 'viewer',
  '/media/:id/stream': 'viewer',
  '/media/:id/subtitle.vtt': 'viewer',
  '/media/:id/thumbnail': 'viewer',
  '/metrics': 'admin',
  '/proxies/:id': 'viewer',
  // Signs in and out; GET is refused.
  '/session': 'nobody',
};

const queries: Record<string, (found: Found) => string> = {
  '/archive': ({ id }) => `?id=${id}`,
  '/media/:id/companion': () => '?name=film-poster.jpg',
  '/media/:id/subtitle.vtt': () => '?name=film.en.srt',
};

describe('the routes', () => {
  it('are all known to this test', () => {
    const tree = service.app.http.fastify.printRoutes({ commonPrefix: false });
    const known = Object.keys(routes).filter((url) => service.app.http.fastify.hasRoute({ method: 'GET', url }));
    expect(known.toSorted()).toEqual(Object.keys(routes).toSorted());
    expect([...tree.matchAll(/── (\S+) \(.*GET/g)].map(([, url]) => url)).toHaveLength(known.length);
  });

  it.each(Object.entries(routes).filter(([, needed]) => needed === 'viewer' || needed === 'admin'))(
    'let nobody in without a token: %s',
    async (route, needed) => {
      const path = route.replace(':id', found.id).replace(':category', 'movies').replace('*', '');
      const query = queries[route]?.(found) ?? '';
      for (const headers of [{}, { authorization: 'Bearer x' }, { authorization: 'Basic eDp5' }]) {
        const response = await get(path + query, headers);
        expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="mediashelf"']);
        expect(await response.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      }
      // What there is no picture, proxy or storyboard of is not found.
      const status = needed === 'admin' ? 403 : /images|proxies|storyboard/.test(route) ? 404 : 200;
      expect((await get(path + query, { authorization })).status).toBe(status);
      expect((await get(path + query, {}, 'HEAD')).status).toBe(401);
      expect((await get(path, {}, 'DELETE')).status).toBe(401);
    },
  );

  it('take uploads from editors alone', async () => {
    const headers = { 'tus-resumable': '1.0.0', 'upload-length': '1' };
    expect((await get('/uploads', headers, 'POST')).status).toBe(401);
    expect((await get('/uploads', { ...headers, authorization }, 'POST')).status).toBe(403);
    const form = new FormData();
    form.append('operations', '{"query":"{ viewer { name } }"}');
    const sent = await fetch(service.url, { method: 'POST', body: form });
    expect([sent.status, await sent.json()]).toMatchObject([
      401,
      { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
  });

  it.each(['/health/live', '/health/ready'])('are open to an orchestrator: %s', async (path) => {
    expect((await get(path)).status).toBe(200);
  });
});

describe('the URLs that GraphQL gives', () => {
  it('let a media element in, each by itself alone', async () => {
    const urls = [found.streamUrl, found.downloadUrl, found.posterUrl, found.thumbnailUrl];
    for (const method of ['GET', 'HEAD']) {
      const answers = await Promise.all(urls.map((url) => get(url, {}, method)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    }
    expect((await get(found.streamUrl.replace('stream', 'download'))).status).toBe(401);
    expect((await get(found.thumbnailUrl.replace('small', 'large'))).status).toBe(401);
    expect((await get(found.streamUrl.split('?')[0] ?? '')).status).toBe(401);
  });

  it('stay the same, so that a browser may keep what they lead to', async () => {
    const { body } = await service.post({ query: '{ media { edges { node { posterUrl } } } }' }, { authorization });
    expect(JSON.stringify(body)).toContain(JSON.stringify(found.posterUrl).slice(1, -1));
  });

  it('lead to archives as well', async () => {
    const query = `{ archiveUrl(ids: ["${found.id}"]) folderArchiveUrl(category: "movies") }`;
    const { body } = await service.post({ query }, { authorization });
    for (const url of Object.values(body.data as Record<string, string>)) {
      const response = await get(url);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
      expect((await get(`${url}&id=x`)).status).toBe(401);
    }
  });

  it('are plain where no access is configured', async () => {
    const open = await startTestService();
    await open.writeFiles('movies', ['film.mp4']);
    await open.app.jobs.waitFor((await open.app.scanner.start({})).id);
    const { body } = await open.post({
      query: '{ media { edges { node { id streamUrl } } } viewer { name role isAuthenticated } }',
    });
    const { media, viewer } = body.data as { media: { edges: { node: Found }[] }; viewer: object };
    expect(media.edges[0]?.node.streamUrl).toBe(`/media/${media.edges[0]?.node.id}/stream`);
    expect(viewer).toEqual({ name: 'everybody', role: 'ADMIN', isAuthenticated: false });
  });
});

describe('GraphQL', () => {
  it('tells who asks', async () => {
    const query = '{ viewer { name role isAuthenticated } }';
    const { body } = await service.post({ query }, { authorization });
    expect(body.data).toEqual({ viewer: { name: 'phone', role: 'VIEWER', isAuthenticated: true } });
    expect((await service.post({ query })).body).toEqual({ data: { viewer: null } });
  });

  it('shows its page to a browser that has no token yet', async () => {
    const page = await get('/graphql', { accept: 'text/html' });
    expect([page.status, page.headers.get('content-type')]).toMatchObject([200, /^text\/html/]);
  });

  it('asks for a token on a WebSocket too, with every operation', async () => {
    const url = service.url.replace('http', 'ws');
    const { token, id } = await createApiTokens(service.app.database).create({
      name: 'tablet',
      role: 'VIEWER',
      expiresAt: null,
    });
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
    });
    const ask = async () => {
      for await (const result of client.iterate({ query: '{ viewer { name } categories { key } }' })) return result;
      return null;
    };
    expect((await ask())?.data).toMatchObject({ viewer: { name: 'tablet' } });
    await createApiTokens(service.app.database).revoke(id);
    await expect(ask()).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await client.dispose();
    const nobody = createClient({ url, webSocketImpl: WebSocket });
    for await (const result of nobody.iterate({ query: '{ categories { key } }' })) {
      expect(result.errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
    }
    await nobody.dispose();
  });
});

describe('an address that sends wrong tokens', () => {
  it('answers a wrong token before anything else, and after many of them 429', async () => {
    const query = '{ viewer { name } }';
    const ask = () => service.post({ query }, { authorization: 'Bearer wrong' });
    const first = await ask();
    expect([first.status, first.body.errors?.[0]?.extensions]).toEqual([401, { code: 'UNAUTHENTICATED' }]);
    await expect.poll(async () => (await ask()).status, { interval: 1 }).toBe(429);
    const last = await ask();
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(last.body.errors?.[0]?.extensions).toEqual({ code: 'TOO_MANY_ATTEMPTS' });
    expect((await service.post({ query }, { authorization })).status).toBe(200);
  });
});

describe('a service without access control', () => {
  it('does not answer a page that reached it under a name of its own', async () => {
    const { port } = new URL((await startTestService()).url);
    const headers = { host: 'evil.example:4000', 'content-type': 'application/json' };
    const sent = request({ host: '127.0.0.1', port, path: '/graphql', method: 'POST', headers });
    sent.end('{"query":"{ viewer { name } }"}');
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(421);
    expect(await json(response)).toMatchObject({ errors: [{ extensions: { code: 'UNKNOWN_HOST' } }] });
  });
});
