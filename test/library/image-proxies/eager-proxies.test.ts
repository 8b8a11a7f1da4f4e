import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { photo, startProxyService } from './proxy-service.ts';

describe('the proxy of a new upload', () => {
  it('is made where one is needed; a failure is logged and counted, and nobody hears of it', async () => {
    const service = await startProxyService();
    await service.writePhoto('large.jpg', await photo(1));
    await service.writePhoto('small.jpg', await photo(2, { width: 640, height: 480 }));
    await service.writePhoto('text.jpg', Buffer.from('text'));
    await service.writeFiles('films', ['film.mp4']);
    await service.scan();
    const { eager } = service.app.imageProxies;
    for (const { id } of await service.app.database.prisma.mediaItem.findMany()) eager.add(id);
    eager.add(99_999);
    await eager.idle();
    expect(eager.counts()).toEqual({ made: 1, failed: 2 });
    expect((await readdir(service.proxyFolder)).map((name) => name.replace(/\d+/, 'N'))).toEqual(['large_N_nova.jpg']);
    const warnings = service.logged.filter(({ msg }) => String(msg).includes('could not be made'));
    expect(warnings.map(({ failed }) => failed)).toEqual([1, 2]);
  });
});

it('an upload is answered, and its proxy follows', async () => {
  const service = await startProxyService();
  const form = new FormData();
  const query = 'mutation ($file: Upload!) { uploadMedia(input: {file: $file}) { __typename } }';
  form.append('operations', JSON.stringify({ query, variables: { file: null } }));
  form.append('map', JSON.stringify({ 0: ['variables.file'] }));
  form.append('0', new Blob([new Uint8Array(await photo(1))]), 'large.jpg');
  const headers = { 'graphql-require-preflight': '1' };
  const answer = await fetch(service.url, { method: 'POST', body: form, headers });
  expect(await answer.json()).toEqual({ data: { uploadMedia: { __typename: 'MediaItem' } } });
  await service.app.imageProxies.eager.idle();
  expect(service.app.imageProxies.eager.counts()).toEqual({ made: 1, failed: 0 });
});

describe('with PROXIES_AFTER_SCAN', () => {
  it('the proxies of what a scan found are made behind it, and of what it found changed', async () => {
    const service = await startProxyService({ environment: { PROXIES_AFTER_SCAN: 'on' } });
    await service.writePhoto('large.jpg', await photo(1));
    await service.writePhoto('small.jpg', await photo(2, { width: 640, height: 480 }));
    await service.writePhoto('text.jpg', Buffer.from('text'));
    const { prisma } = service.app.database;
    const heights = async () => (await prisma.imageProxy.findMany()).map(({ width, height }) => [width, height]);
    await service.scan();
    await expect.poll(heights).toEqual([[1075, 896]]);
    await service.writePhoto('large.jpg', await photo(3, { width: 1000, height: 2000 }));
    await service.scan();
    await expect.poll(heights).toEqual([[896, 1792]]);
  });

  it('is off unless it is wanted', async () => {
    const service = await startProxyService();
    await service.writePhoto('large.jpg', await photo(1));
    await service.scan();
    expect(await service.app.database.prisma.imageProxy.count()).toBe(0);
  });
});
