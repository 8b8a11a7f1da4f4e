import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestService } from '../../../support/test-service.ts';

const mutation = 'mutation { scanMedia(input: {}) { __typename } }';

it.each([
  ['a form', 'application/x-www-form-urlencoded', `query=${encodeURIComponent(mutation)}`],
  ['plain text', 'text/plain', JSON.stringify({ query: mutation })],
  ['a GraphQL document', 'application/graphql', mutation],
])('refuses an operation that comes as %s, as any web page could send it', async (_what, type, body) => {
  const { app, url } = await startTestService();
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
  expect(response.status).toBe(415);
  expect(await response.json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
  expect(await app.scanner.activeScan()).toBeNull();
});

it('lets no page of another origin read an answer or open a socket', async () => {
  const { url } = await startTestService();
  const headers = { 'content-type': 'application/json', origin: 'http://evil.example' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: '{ __typename }' }) });
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  const preflight = await fetch(url, {
    method: 'OPTIONS',
    headers: { ...headers, 'access-control-request-method': 'POST' },
  });
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();

  const address = url.replace('http', 'ws');
  const stranger = new WebSocket(address, 'graphql-transport-ws', { origin: 'http://evil.example' });
  const [error] = (await once(stranger, 'error')) as [Error];
  expect(error.message).toContain('401');
  const own = new WebSocket(address, 'graphql-transport-ws', { origin: new URL(url).origin });
  await once(own, 'open');
  own.close();
});

it('can be closed twice', async () => {
  const { app } = await startTestService();
  await Promise.all([app.close(0), app.close(0)]);
  await expect(app.close(0)).resolves.toBeUndefined();
});
