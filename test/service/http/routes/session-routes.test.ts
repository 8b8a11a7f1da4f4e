import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createApiTokens, type ApiTokens } from '../../../../src/service/access/api-tokens.ts';
import { openTestService, startTestService, type TestService } from '../../../support/test-service.ts';
import { filePart, makeVideo, map, multipartBody, operations } from '../../../support/upload.ts';

const secret = 'a-shared-secret-of-more-than-32-letters';
const guest = 'https://ui.example';

let service: TestService;
let tokens: ApiTokens;
let token: string;
/** The cookie of an editor. */
let cookie: string;
let own: string;

beforeAll(async () => {
  service = await openTestService({
    environment: {
      JWT_SECRET: secret,
      CORS_ORIGINS: guest,
      TRUSTED_PROXIES: '127.0.0.1',
      WRONG_TOKENS_PER_MINUTE: '100',
    },
  });
  await service.writeFiles('movies', ['film.mp4']);
  await service.app.jobs.waitFor((await service.app.scanner.start({})).id);
  tokens = createApiTokens(service.app.database);
  ({ token } = await tokens.create({ name: 'ann', role: 'EDITOR', expiresAt: null }));
  own = new URL(service.url).origin;
  cookie = cookieOf(await signIn({ token }));
});
afterAll(() => service.close());

const ask = (path: string, init: RequestInit = {}) => fetch(new URL(path, service.url), init);

function signIn(body: unknown, headers: Record<string, string> = { origin: own }): Promise<Response> {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  return ask('/session', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: sent });
}

/** What a browser sends from now on. */
function cookieOf({ headers }: Response): string {
  return headers.get('set-cookie')?.split(';', 1)[0] ?? '';
}

const signJwt = (claims: object, exp: number) =>
  new SignJWT({ role: 'viewer', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(exp)
    .sign(Buffer.from(secret));

const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

describe('a browser signs in', () => {
  it('with a token, which becomes the cookie', async () => {
    const answer = await signIn({ token: ` ${token}\n` });
    expect([answer.status, await answer.json()]).toEqual([200, { name: 'ann', role: 'EDITOR', expiresAt: null }]);
    expect(answer.headers.get('set-cookie')).toBe(`mediashelf=${token}; Path=/; HttpOnly; SameSite=Strict`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const query = '{ viewer { name role isAuthenticated canSignOut } }';
    const { body, headers } = await service.post({ query }, { cookie });
    expect(body.data).toEqual({ viewer: { name: 'ann', role: 'EDITOR', isAuthenticated: true, canSignOut: true } });
    expect(headers.get('cache-control')).toBe('private, no-store');
    const other = await service.post({ query }, { authorization: `Bearer ${token}` });
    expect(other.body.data).toMatchObject({ viewer: { canSignOut: false } });
  });

  it('for as long as the token is good', async () => {
    const maxAgeOf = async (given: string) =>
      Number(
        /Max-Age=(\d+);/.exec(`${(await signIn({ token: given, staySignedIn: true })).headers.get('set-cookie')}`)?.[1],
      );
    expect(await maxAgeOf(token)).toBe(400 * 24 * 60 * 60);
    const phone = await tokens.create({ name: 'phone', role: 'VIEWER', expiresAt: new Date(Date.now() + 3_600_000) });
    expect(await maxAgeOf(phone.token)).toBeGreaterThan(3_000);
    expect(await maxAgeOf(phone.token)).toBeLessThanOrEqual(3_600);
    const exp = secondsFromNow(600);
    const jwt = await signJwt({ sub: 'bea' }, exp);
    expect(await maxAgeOf(jwt)).toBeLessThanOrEqual(600);
    expect(await (await signIn({ token: jwt })).json()).toEqual({
      name: 'bea',
      role: 'VIEWER',
      expiresAt: new Date(exp * 1000).toISOString(),
    });
    // The clock of the issuer may be some seconds behind, but a cookie would be gone at once.
    expect((await signIn({ token: await signJwt({ sub: 'bea' }, secondsFromNow(-5)) })).status).toBe(401);
  });

  it.each<[string, Record<string, string>, boolean]>([
    ['by HTTP', {}, false],
    ['by HTTPS, which a trusted proxy says', { 'x-forwarded-proto': 'https' }, true],
    ['by HTTPS, which the page alone says', { origin: 'https://nas.example', host: 'nas.example' }, true],
  ])('%s', async (_what, headers, isSecure) => {
    // `fetch` sets Host by itself.
    const { host, ...others } = headers;
    const answer = await signIn({ token }, { ...others, ...(host && { 'x-forwarded-host': host }) });
    expect([answer.status, answer.headers.get('set-cookie')?.endsWith('; Secure')]).toEqual([200, isSecure]);
  });

  it.each<[number, string, string, Record<string, string>?]>([
    [400, 'INVALID_INPUT', '{}'],
    [400, 'INVALID_INPUT', '[]'],
    [400, 'INVALID_INPUT', 'null'],
    [400, 'INVALID_INPUT', '{"token":7}'],
    [400, 'INVALID_INPUT', '{"token":"  "}'],
    [400, 'INVALID_INPUT', '{"token":"x","staySignedIn":"yes"}'],
    [400, 'FST_ERR_CTP_INVALID_JSON_BODY', '{'],
    [413, 'FST_ERR_CTP_BODY_TOO_LARGE', JSON.stringify({ token: 'x'.repeat(70_000) })],
    [415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE', '{"token":"x"}', { 'content-type': 'text/plain' }],
    [415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE', 'token=x', { 'content-type': 'application/x-www-form-urlencoded' }],
    [401, 'UNAUTHENTICATED', '{"token":"wrong"}'],
    [401, 'UNAUTHENTICATED', '{"token":"a\\u0000; Domain=example.org"}'],
    [409, 'NOTHING_TO_SIGN_IN_TO', '{"token":"x"}', { 'remote-user': 'bob', 'remote-groups': 'admin' }],
  ])('or is told why not: %i %s %#', async (status, code, body, headers = {}) => {
    const answer = await signIn(body, headers);
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ status, code })]);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('or is told that its token makes no cookie', async () => {
    const answer = await signIn({ token: await signJwt({ groups: 'x'.repeat(5_000) }, secondsFromNow(600)) });
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'TOKEN_TOO_LONG' }]);
  });

  it('and out, whatever it still has', async () => {
    for (const headers of [{ cookie }, { cookie: 'mediashelf=stale' }, { cookie: 'mediashelf=a; mediashelf=b' }, {}]) {
      const answer = await ask('/session', {
        method: 'DELETE',
        headers: { origin: own, 'content-type': 'application/json', ...headers },
      });
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([
        204,
        'mediashelf=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
      ]);
      expect(answer.headers.get('clear-site-data')).toBe('"cache"');
    }
    for (const method of ['GET', 'HEAD', 'PUT']) {
      const answer = await ask('/session', { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST, DELETE']);
    }
  });

  it('not where everybody may come in', async () => {
    const open = await startTestService();
    const body = JSON.stringify({ token });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(new URL('/session', open.url), { method: 'POST', headers, body });
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'NOTHING_TO_SIGN_IN_TO' }]);
    const query = '{ viewer { canSignOut } }';
    expect((await open.post({ query }, { cookie: 'mediashelf=of another service' })).body.data).toEqual({
      viewer: { canSignOut: false },
    });
  });
});

describe('a page of the service with a session', () => {
  const query = '{ media { edges { node { id streamUrl thumbnailUrl signed: streamUrl(signed: true) } } } }';
  type Urls = Record<'id' | 'streamUrl' | 'thumbnailUrl' | 'signed', string>;

  it('needs no signed URLs, and gets one for a player', async () => {
    const { body } = await service.post({ query }, { cookie });
    const { node } = (body.data as { media: { edges: { node: Urls }[] } }).media.edges[0]!;
    expect(node.streamUrl).toBe(`/media/${node.id}/stream`);
    expect(node.thumbnailUrl).not.toContain('signature');
    const answer = await ask(node.streamUrl, { headers: { cookie } });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, expect.stringMatching(/^private/)]);
    expect((await ask(node.streamUrl)).status).toBe(401);
    expect((await ask(node.signed)).status).toBe(200);
    expect((await ask(node.signed, { headers: { cookie: 'mediashelf=stale' } })).status).toBe(200);
    const byToken = await service.post({ query }, { authorization: `Bearer ${token}` });
    const { node: signed } = (byToken.body.data as { media: { edges: { node: Urls }[] } }).media.edges[0]!;
    expect(signed.streamUrl).toBe(node.signed);
  });

  it('hears that it has ended, and forgets it', async () => {
    const tablet = await tokens.create({ name: 'tablet', role: 'VIEWER', expiresAt: null });
    const held = cookieOf(await signIn({ token: tablet.token }));
    expect((await service.post({ query }, { cookie: held })).status).toBe(200);
    await tokens.revoke(tablet.id);
    const forgotten = 'mediashelf=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict';
    const asked = await service.post({ query }, { cookie: held });
    expect([asked.status, asked.headers.get('set-cookie')]).toEqual([401, forgotten]);
    expect(asked.body.errors?.[0]?.extensions).toEqual({ code: 'SESSION_ENDED' });
    const picture = await ask('/media/x/thumbnail', { headers: { cookie: held } });
    expect([picture.status, picture.headers.get('set-cookie'), await picture.json()]).toMatchObject([
      401,
      forgotten,
      { code: 'SESSION_ENDED' },
    ]);
    // A token beside it gets in all the same.
    const { status } = await service.post({ query }, { cookie: held, authorization: `Bearer ${token}` });
    expect(status).toBe(200);
  });

  it('is told of two cookies that differ', async () => {
    const doubled = `mediashelf=planted; ${cookie}`;
    const asked = await service.post({ query }, { cookie: doubled });
    expect([asked.status, asked.body.errors?.[0]?.extensions]).toEqual([400, { code: 'DOUBLED_SESSION' }]);
    const picture = await ask('/media/x/thumbnail', { headers: { cookie: doubled } });
    expect([picture.status, await picture.json()]).toMatchObject([400, { code: 'DOUBLED_SESSION' }]);
  });

  it('follows by WebSocket, each operation as long as the token is good', async () => {
    const tablet = await tokens.create({ name: 'tablet', role: 'VIEWER', expiresAt: null });
    const headers = { cookie: cookieOf(await signIn({ token: tablet.token })), origin: own };
    const client = createClient({ url: service.url.replace('http', 'ws'), webSocketImpl: socketWith(headers) });
    const viewer = async () => {
      for await (const { data } of client.iterate({ query: '{ viewer { name canSignOut } }' })) return data;
      return null;
    };
    expect(await viewer()).toEqual({ viewer: { name: 'tablet', canSignOut: true } });
    await tokens.revoke(tablet.id);
    await expect(viewer()).rejects.toMatchObject([{ extensions: { code: 'SESSION_ENDED' } }]);
    await client.dispose();
  });

  it('uploads by tus and by form', async () => {
    expect((await beginUpload({ origin: own, 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    const film = await makeVideo();
    const body = new Uint8Array(multipartBody([operations(), map, filePart('file', 'a.mp4', film)]));
    const type = { 'content-type': 'multipart/form-data; boundary=x' };
    const sent = await ask('/graphql', { method: 'POST', body, headers: { ...type, cookie, origin: own } });
    expect([sent.status, await sent.json()]).toMatchObject([200, { data: {} }]);
  });
});

describe('a resumable upload', () => {
  it('is neither begun nor continued by a session that has ended, nor by two; a token beside these counts', async () => {
    const desk = await tokens.create({ name: 'desk', role: 'EDITOR', expiresAt: null });
    const held = cookieOf(await signIn({ token: desk.token }));
    const begun = await beginUpload({ cookie: held, origin: own });
    expect(begun.status).toBe(201);
    const place = begun.headers.get('location') ?? '';
    await tokens.revoke(desk.id);
    for (const [given, status, code] of [
      [held, 401, 'SESSION_ENDED'],
      [`mediashelf=planted; ${cookie}`, 400, 'DOUBLED_SESSION'],
    ] as const) {
      const headers = { cookie: given, origin: own, 'tus-resumable': '1.0.0' };
      for (const method of ['POST', 'HEAD', 'PATCH', 'DELETE']) {
        const answer = method === 'POST' ? await beginUpload(headers) : await ask(place, { method, headers });
        // An answer to HEAD has no body.
        const told = method === 'HEAD' ? { code } : ((await answer.json()) as { code: string });
        expect([method, answer.status, told.code]).toEqual([method, status, code]);
      }
      const authorization = `Bearer ${token}`;
      expect((await beginUpload({ cookie: given, authorization })).status).toBe(201);
      expect((await ask(place, { method: 'HEAD', headers: { ...headers, authorization } })).status).toBe(200);
    }
    const wrong = await beginUpload({ origin: own, authorization: 'Bearer wrong' });
    expect([wrong.status, await wrong.json()]).toMatchObject([401, { code: 'UNAUTHENTICATED' }]);
  });
});

/** What browsers send from pages that are not the service's, with the cookie of somebody who is signed in. */
const foreign: Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' },
  { origin: 'http://sub.127.0.0.1' },
  { origin: guest, 'sec-fetch-site': 'cross-site' },
  { origin: 'null', 'graphql-require-preflight': '1' },
];

describe('a hostile page with the session of a user', () => {
  it.each(foreign)('changes nothing: %o', async (headers) => {
    const crossSite = { status: 403, code: 'CROSS_SITE_REQUEST' };
    const answers = await Promise.all([
      signIn({ token }, headers),
      ask('/session', { method: 'DELETE', headers: { ...headers, cookie } }),
      beginUpload(headers),
      ask('/uploads/x', { method: 'PATCH', headers: { ...headers, cookie, 'tus-resumable': '1.0.0' } }),
      ask('/uploads/x', { method: 'DELETE', headers: { ...headers, cookie, 'tus-resumable': '1.0.0' } }),
      sendForm(headers),
    ]);
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
      const told = (await answer.json()) as Record<string, unknown>;
      expect(told).toMatchObject(told.errors ? { errors: [{ extensions: { code: crossSite.code } }] } : crossSite);
    }
    const asked = await service.post({ query: '{ viewer { name } }' }, { ...headers, cookie });
    expect([asked.status, asked.body.errors?.[0]?.extensions]).toEqual([403, { code: 'CROSS_SITE_REQUEST' }]);
    const got = await ask('/graphql?query={viewer{name}}', { headers: { ...headers, cookie } });
    expect([got.status, got.headers.get('access-control-allow-credentials')]).toEqual([403, null]);
    const forms = await sendForm({ ...headers, 'content-type': 'text/plain' });
    expect(forms.status).toBe(415);
  });

  it('opens no socket, or one that may do nothing', async () => {
    for (const headers of foreign.filter(({ origin }) => origin !== undefined)) {
      const socket = new WebSocket(service.url.replace('http', 'ws'), 'graphql-transport-ws', {
        headers: { ...headers, cookie },
      });
      const opened = await once(socket, 'open').then(
        () => true,
        () => false, // it was refused
      );
      socket.on('error', () => undefined).terminate();
      expect([headers.origin, opened]).toEqual([headers.origin, headers.origin === guest]);
    }
    // A guest's page may open one for its token, with which the session does not count.
    const client = createClient({
      url: service.url.replace('http', 'ws'),
      webSocketImpl: socketWith({ origin: guest, cookie }),
    });
    const answers = async () => {
      for await (const answer of client.iterate({ query: '{ viewer { name } }' })) return answer;
      return null;
    };
    await expect(answers()).rejects.toMatchObject([{ extensions: { code: 'CROSS_SITE_REQUEST' } }]);
    await client.dispose();
  });

  it('reads nothing: the answers are of no other origin', async () => {
    for (const headers of foreign) {
      const answer = await ask('/media/x/stream', { headers: { ...headers, cookie } });
      expect(answer.status).toBe(404);
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it('comes in with a token of its own', async () => {
    const authorization = `Bearer ${token}`;
    const headers = { origin: guest, 'sec-fetch-site': 'cross-site', authorization };
    expect((await service.post({ query: '{ viewer { name } }' }, { ...headers, cookie })).status).toBe(200);
    expect((await beginUpload(headers)).status).toBe(201);
  });
});

function beginUpload(headers: Record<string, string>): Promise<Response> {
  const metadata = `filename ${Buffer.from('a.mp4').toString('base64')}`;
  const tus = { 'tus-resumable': '1.0.0', 'upload-length': '9', 'upload-metadata': metadata };
  return ask('/uploads', { method: 'POST', headers: { ...tus, cookie, ...headers } });
}

function sendForm(headers: Record<string, string>): Promise<Response> {
  const body = new Uint8Array(multipartBody([operations(), map, filePart('file', 'a.mp4', Buffer.from('no film'))]));
  const type = { 'content-type': 'multipart/form-data; boundary=x' };
  return ask('/graphql', { method: 'POST', body, headers: { ...type, cookie, ...headers } });
}

function socketWith(headers: Record<string, string>): typeof WebSocket {
  return class extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers });
    }
  } as typeof WebSocket;
}
