import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openTestService, type TestService } from '../../../support/test-service.ts';
import { filePart, makeVideo, map, multipartBody, operations } from '../../../support/upload.ts';

const guest = 'https://ui.example';
const ann = { 'remote-user': 'ann', 'remote-groups': 'editor' };
/** What a browser sends for a page of the guest. */
const ofGuest = { ...ann, origin: guest, 'sec-fetch-site': 'cross-site' };
const tus = { 'tus-resumable': '1.0.0' };

let service: TestService;
let streamUrl: string;

beforeAll(async () => {
  service = await openTestService({ environment: { CORS_ORIGINS: guest, TRUSTED_PROXIES: '127.0.0.1' } });
  await service.writeFiles('movies', ['film.mp4']);
  await service.app.jobs.waitFor((await service.app.scanner.start({})).id);
  streamUrl = await findStreamUrl({});
});
afterAll(() => service.close());

const ask = (path: string, init: RequestInit = {}) =>
  fetch(new URL(path, service.url), { redirect: 'manual', ...init });

async function findStreamUrl(headers: Record<string, string>): Promise<string> {
  const query = '{ media { edges { node { streamUrl } } } }';
  const { body } = await service.post({ query }, { ...ann, ...headers });
  return (body.data as { media: { edges: { node: { streamUrl: string } }[] } }).media.edges[0]?.node.streamUrl ?? '';
}

function beginUpload(path: string, headers: Record<string, string>, length = 1): Promise<Response> {
  const metadata = `filename ${Buffer.from('a.mp4').toString('base64')}`;
  const given = { ...tus, 'upload-length': String(length), 'upload-metadata': metadata, ...headers };
  return ask(path, { method: 'POST', headers: given });
}

/** Returns whether the socket was opened. */
async function opensSocket(path: string, headers: Record<string, string>): Promise<boolean> {
  const socket = new WebSocket(new URL(path, service.url.replace('http', 'ws')), 'graphql-transport-ws', { headers });
  const opened = await once(socket, 'open').then(
    () => true,
    () => false, // it was refused
  );
  socket.on('error', () => undefined).terminate();
  return opened;
}

describe('a page that CORS_ORIGINS names', () => {
  it('may read every answer, of success and of failure', async () => {
    const json = { 'content-type': 'application/json' };
    const answers = await Promise.all([
      ask('/graphql', { method: 'POST', headers: { ...ofGuest, ...json }, body: '{"query":"{ __typename }"}' }),
      ask('/graphql', { method: 'POST', headers: { ...ofGuest, ...json }, body: '{' }),
      ask(streamUrl, { headers: ofGuest }),
      ask(streamUrl, { headers: { ...ofGuest, range: 'bytes=0-0' } }),
      ask('/media/nothing/stream', { headers: ofGuest }),
      ask('/media/nothing/stream', { headers: { origin: guest } }),
      ask('/nowhere', { headers: ofGuest }),
      beginUpload('/uploads', ofGuest),
      beginUpload('/uploads', { origin: guest }),
      ask('/uploads/nothing', { method: 'HEAD', headers: { ...ofGuest, ...tus } }),
      ask('/uploads', { method: 'POST', headers: ofGuest }),
    ]);
    for (const { status, url, headers } of answers) {
      const told = [headers.get('access-control-allow-origin'), headers.get('vary')];
      expect({ status, url, told }).toEqual({ status, url, told: [guest, expect.stringMatching(/origin/i)] });
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 200, 206, 404, 401, 404, 201, 401, 404, 412]);
  });

  it('is granted what each route needs before it asks', async () => {
    for (const [path, method] of [
      ['/graphql', 'POST'],
      ['/uploads', 'POST'],
      ['/uploads/1', 'PATCH'],
      ['/uploads/1', 'DELETE'],
      [streamUrl, 'GET'],
    ] as const) {
      const headers = { origin: guest, 'access-control-request-method': method };
      const wanted = { 'access-control-request-headers': 'authorization,tus-resumable,range' };
      const answer = await ask(path, { method: 'OPTIONS', headers: { ...headers, ...wanted } });
      const of = (name: string) => answer.headers.get(`access-control-allow-${name}`);
      expect([path, answer.status, of('origin'), of('headers')]).toEqual([
        path,
        204,
        guest,
        'authorization,tus-resumable,range',
      ]);
      expect(of('methods')).toContain(method);
    }
  });

  it('may read where its upload goes on, and which item it became', async () => {
    const film = await makeVideo();
    const begun = await beginUpload('/uploads', ofGuest, film.length);
    const headers = { ...ofGuest, ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
    const location = begun.headers.get('location') ?? '';
    const sent = await ask(location, { method: 'PATCH', headers, body: new Uint8Array(film) });
    expect(sent.ok).toBe(true);
    const exposed = `${begun.headers.get('access-control-expose-headers')}`.toLowerCase().split(/, */);
    expect(exposed).toEqual(expect.arrayContaining(['location', 'upload-offset', 'mediashelf-item', 'etag']));
    expect(sent.headers.get('mediashelf-item')).not.toBeNull();
  });

  it('uploads with GraphQL, and opens sockets', async () => {
    const body = new Uint8Array(multipartBody([operations(), map, filePart('file', 'a.mp4', Buffer.from('no film'))]));
    const send = (headers: Record<string, string>) =>
      ask('/graphql', {
        method: 'POST',
        body,
        headers: { 'content-type': 'multipart/form-data; boundary=x', ...headers },
      });
    const taken = await send(ofGuest);
    expect([taken.status, taken.headers.get('access-control-allow-origin')]).toEqual([200, guest]);
    const evil = { ...ofGuest, origin: 'https://evil.example' };
    const refused = await send(evil);
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    expect(await opensSocket('/graphql', ofGuest)).toBe(true);
    expect(await opensSocket('/graphql', evil)).toBe(false);
  });
});

describe('below a folder of a reverse proxy', () => {
  const prefix = { 'x-forwarded-prefix': '/shelf' };
  const both = { ...ann, ...prefix };

  it.each(['/shelf', ''])('every URL that the service gives works, where requests come at %o', async (left) => {
    const url = await findStreamUrl(prefix);
    expect(url).toMatch(/^\/shelf\/media\//);
    const cut = (given: string) => left + given.replace(/^\/shelf/, '');
    expect((await ask(cut(url), { headers: prefix })).status).toBe(200);
    expect((await ask(`/shelf${url}`, { headers: prefix })).status).toBe(200);
    expect((await ask(cut(url).replace('stream', 'download'), { headers: prefix })).status).toBe(401);
    const begun = await beginUpload(`${left}/uploads`, both, 9);
    expect(begun.headers.get('location')).toMatch(/^\/shelf\/uploads\/\w+$/);
    const part = cut(begun.headers.get('location') ?? '');
    const found = await ask(part, { method: 'HEAD', headers: { ...both, ...tus } });
    expect([found.status, found.headers.get('upload-length')]).toEqual([200, '9']);
    expect((await ask(`${left}/`, { headers: prefix })).headers.get('location')).toBe('/shelf/graphql');
    const page = await ask(`${left}/graphql`, { headers: { ...prefix, accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toMatchObject([200, /^text\/html/]);
    expect(await opensSocket(`${left}/graphql`, { ...both, origin: service.url.replace('/graphql', '') })).toBe(true);
  });

  it('a folder may be called as a route is', async () => {
    const headers = { ...ann, 'x-forwarded-prefix': '/media' };
    const url = await findStreamUrl({ 'x-forwarded-prefix': '/media' });
    expect(url).toMatch(/^\/media\/media\//);
    expect((await ask(url, { headers })).status).toBe(200);
    expect((await ask(url.replace('/media', ''), { headers })).status).toBe(200);
  });

  it('the address alone leads to the page, whoever is in front', async () => {
    expect((await ask('/')).headers.get('location')).toBe('graphql');
  });
});
