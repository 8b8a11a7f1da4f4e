import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startTestService, type TestService } from '../../../support/test-service.ts';

const get = (service: TestService, path: string) => fetch(new URL(path, service.url));
const query = '{ viewer { name } }';

/** Blocks the event loop, as no part of the service does, until that has been measured. */
async function block(service: TestService): Promise<void> {
  await vi.waitUntil(
    async () => {
      const end = performance.now() + 300;
      while (performance.now() < end);
      return (await get(service, '/')).status === 503;
    },
    { timeout: 60_000, interval: 1 },
  );
}

describe('while the event loop is late', () => {
  it('requests get 503 in the shape of their route, who asks for health is answered, and then all goes on', async () => {
    const service = await startTestService({ environment: { PRESSURE: 'on', PRESSURE_MAX_EVENT_LOOP_DELAY_MS: '30' } });
    await block(service);
    const busy = { code: 'SERVICE_BUSY' };
    const stream = await get(service, '/media/x/stream');
    expect([stream.status, stream.headers.get('retry-after'), stream.headers.get('content-type')]).toEqual([
      503,
      '5',
      'application/problem+json; charset=utf-8',
    ]);
    expect(await stream.json()).toMatchObject({ status: 503, ...busy });
    const answer = await service.post({ query });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(answer.body).toMatchObject({ errors: [{ extensions: busy }] });
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      expect([path, (await get(service, path)).status]).toEqual([path, 200]);
    }
    await vi.waitUntil(async () => (await service.post({ query })).status === 200, { timeout: 60_000, interval: 200 });
  });

  it('operations on a WebSocket get the code, and the socket stays', async () => {
    const service = await startTestService({ environment: { PRESSURE: 'on', PRESSURE_MAX_EVENT_LOOP_DELAY_MS: '30' } });
    const client = createClient({ url: service.url.replace('http', 'ws'), webSocketImpl: WebSocket });
    const ask = () =>
      new Promise((resolve) => {
        client.subscribe({ query }, { next: resolve, error: resolve, complete: () => undefined });
      });
    expect(await ask()).toMatchObject({ data: { viewer: { name: 'everybody' } } });
    await block(service);
    expect(await ask()).toMatchObject([{ extensions: { code: 'SERVICE_BUSY' } }]);
    await client.dispose();
  });
});

it.each([
  ['PRESSURE_MAX_RSS_BYTES', '1000'],
  ['PRESSURE_MAX_HEAP_PERCENT', '1'],
])('%s refuses as well', async (setting, value) => {
  const held = setting.includes('HEAP') ? Array.from({ length: 3e6 }, (_, index) => ({ index })) : [];
  const service = await startTestService({ environment: { PRESSURE: 'on', [setting]: value } });
  await vi.waitUntil(async () => (await get(service, '/')).status === 503, { timeout: 60_000, interval: 100 });
  expect((await get(service, '/health/live')).status).toBe(200);
  expect(held.length).toBeGreaterThanOrEqual(0);
});

it('PRESSURE=off answers whatever it costs', async () => {
  const service = await startTestService({ environment: { PRESSURE: 'off', PRESSURE_MAX_RSS_BYTES: '1000' } });
  await setTimeout(1_500);
  expect((await service.post({ query })).status).toBe(200);
});

describe('what is limited', () => {
  it('uploads: one more is refused before it is read, by the mutation and by tus, and taken once there is room', async () => {
    const service = await startTestService({ environment: { UPLOADS_AT_ONCE: '1' } });
    const send = () =>
      fetch(service.url, { method: 'POST', body: emptyForm(), headers: { 'graphql-require-preflight': '1' } });
    const slow = request(service.url, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'graphql-require-preflight': '1' },
    });
    slow.on('error', () => undefined);
    slow.write('--x\r\n');
    await vi.waitUntil(async () => (await send()).status === 503, { timeout: 60_000 });
    const refused = await send();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'SERVICE_BUSY' } }] });
    const tus = await fetch(new URL('/uploads', service.url), {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', 'upload-length': '1' },
    });
    expect([tus.status, tus.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await tus.json()).toMatchObject({ status: 503, code: 'SERVICE_BUSY' });
    slow.destroy();
    await vi.waitUntil(async () => (await send()).status === 200, { timeout: 60_000 });
  });

  it('archives: one more is refused, and packed once another is done with', async () => {
    const service = await startTestService({ environment: { ARCHIVES_AT_ONCE: '1' } });
    await writeFile(join(service.category('movies').rootPath, 'film.mp4'), Buffer.alloc(64 * 1024 ** 2, 7));
    const { jobs, scanner } = service.app;
    await jobs.waitFor((await scanner.start({})).id);
    const first = new AbortController();
    const open = await fetch(new URL('/archive/movies', service.url), { signal: first.signal });
    expect(open.status).toBe(200);
    const refused = await get(service, '/archive/movies');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({ status: 503, code: 'SERVICE_BUSY' });
    first.abort();
    await vi.waitUntil(async () => {
      const next = await get(service, '/archive/movies');
      await next.body?.cancel();
      return next.status === 200;
    });
  });

  it('subscriptions: one more is refused, and taken once another has ended', async () => {
    const service = await startTestService({ environment: { SUBSCRIPTIONS_AT_ONCE: '1' } });
    const follow = (signal?: AbortSignal) =>
      fetch(service.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ query: 'subscription { mediaChanged { category } }' }),
        signal: signal ?? null,
      });
    const first = new AbortController();
    const open = await follow(first.signal);
    expect(open.status).toBe(200);
    const refused = await follow();
    expect(await refused.text()).toContain('SERVICE_BUSY');
    first.abort();
    await vi.waitUntil(async () => {
      const next = new AbortController();
      const response = await follow(next.signal);
      const reader = response.body?.getReader();
      const isRefused = await Promise.race([
        reader?.read().then(({ value }) => Buffer.from(value ?? []).includes('SERVICE_BUSY')),
        setTimeout(300, false),
      ]);
      next.abort();
      return !isRefused;
    });
  });
});

function emptyForm(): FormData {
  const form = new FormData();
  form.append('operations', JSON.stringify({ query }));
  form.append('map', '{}');
  return form;
}
