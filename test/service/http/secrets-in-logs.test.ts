import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import { createApiTokens } from '../../../src/service/access/api-tokens.ts';
import { startTestService } from '../../support/test-service.ts';

it('no secret of a request, of the settings or of a signed URL gets into the log, and no name forges a line', async () => {
  const secrets = {
    COPYPARTY_PASSWORD: 'the-password-of-copyparty',
    JWT_SECRET: 'a-shared-secret-of-more-than-32-letters',
    METRICS_TOKEN: 'the-token-of-prometheus',
  };
  const environment = { ...secrets, COPYPARTY_URL: 'http://127.0.0.1:9', BYTES_FROM: 'copyparty' };
  const service = await startTestService({ environment });
  await service.writeFiles('movies', ['film\n{"level":60,"msg":"forged"}.mp4']);
  const { database, jobs, scanner } = service.app;
  await jobs.waitFor((await scanner.start({})).id);
  const { token } = await createApiTokens(database).create({ name: 'me', role: 'ADMIN', expiresAt: null });
  const jwt = signJwt({ sub: 'me', role: 'nobody' }, secrets.JWT_SECRET);
  await vi.waitUntil(async () => !(await service.app.access.isOpen()), { timeout: 60_000 });
  const authorization = `Bearer ${token}`;
  const { body } = await service.post(
    { query: '{ media { edges { node { streamUrl posterUrl } } } }' },
    { authorization },
  );
  const { node } = (body.data as { media: { edges: { node: Record<string, string> }[] } }).media.edges[0]!;

  const ask = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(new URL(path, service.url), { headers })).arrayBuffer();
  // It is answered 502, which is logged with its URL and what led to it.
  await ask(node.streamUrl ?? '');
  await ask(node.streamUrl ?? '', {
    authorization,
    cookie: 'session=the-cookie-of-a-user',
    pw: secrets.COPYPARTY_PASSWORD,
  });
  await ask(`${node.posterUrl}&x=1`, { authorization: `Bearer ${jwt}` });
  await ask(node.streamUrl?.split('?')[0] ?? '', { cookie: `mediashelf=${token}` });
  for (const body of [{ token }, { token: jwt }]) {
    const headers = { 'content-type': 'application/json' };
    await fetch(new URL('/session', service.url), { method: 'POST', headers, body: JSON.stringify(body) });
  }
  await ask(`/metrics?token=${secrets.METRICS_TOKEN}&pw=${secrets.COPYPARTY_PASSWORD}`);
  await ask('/proxies/x?X-Amz-Signature=0a1b2c3d4e5f&X-Amz-Credential=AKIDEXAMPLE%2F20260101');
  // What no client library sends: line ends in the request line.
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  socket.end(
    'GET /media/%0A%7B%22level%22%3A60%7D/stream\u0085 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'latin1',
  );
  socket.resume();
  await once(socket, 'close');

  expect(service.logged.filter(({ url }) => String(url).startsWith('/media/')).length).toBeGreaterThan(0);
  const log = JSON.stringify(service.logged);
  expect(log).toContain('[redacted]');
  const [, signature = ''] = /signature=([^&]+)/.exec(node.streamUrl ?? '') ?? [];
  expect(signature).not.toBe('');
  const forbidden = [
    ...Object.values(secrets),
    token,
    token.slice('msf_0123456789ab_'.length),
    jwt,
    jwt.split('.')[2]!,
    signature,
  ];
  for (const secret of [...forbidden, 'the-cookie-of-a-user', '0a1b2c3d4e5f', 'AKIDEXAMPLE']) {
    expect(log).not.toContain(secret);
  }
  expect(service.logged.filter(({ level }) => level === 60)).toEqual([]);
});

function signJwt(payload: object, secret: string): string {
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
