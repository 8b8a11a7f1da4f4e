import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodePublicId } from '../../../../src/base/public-id.ts';
import { photo, startProxyService, type ProxyService } from '../../../library/image-proxies/proxy-service.ts';

let service: ProxyService;
let url: string;
let bytes: Buffer;

/** A service with the proxy of one photograph. */
beforeEach(async () => {
  service = await startProxyService();
  await service.writePhoto('a.jpg', await photo());
  await service.scan();
  await service.batch();
  const [name = ''] = await readdir(service.proxyFolder);
  bytes = await readFile(join(service.proxyFolder, name));
  const row = await service.app.database.prisma.imageProxy.findFirstOrThrow();
  url = new URL(`/proxies/${encodePublicId('ImageProxy', row.id)}`, service.url).href;
});

async function versionOf(): Promise<string> {
  const { sha256 } = await service.app.database.prisma.imageProxy.findFirstOrThrow();
  return (sha256 ?? '').slice(0, 12);
}

async function cacheControlOf(query: string): Promise<string | null> {
  return (await fetch(url + query)).headers.get('cache-control');
}

async function statusOf(address: string): Promise<[number, string | undefined]> {
  const response = await fetch(address);
  const { code } = (response.ok ? {} : await response.json()) as { code?: string };
  return [response.status, code];
}

describe('GET /proxies/:id', () => {
  it('answers the bytes with all that there is to say of them', async () => {
    const response = await fetch(url);
    const { sha256, filename } = await service.app.database.prisma.imageProxy.findFirstOrThrow();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition': `inline; filename="${filename}"`,
      'content-length': String(bytes.length),
      'content-type': 'image/jpeg',
      etag: `"${sha256}"`,
      'last-modified': expect.stringMatching(/ GMT$/),
      'x-content-type-options': 'nosniff',
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('lets a browser keep what the URL names the version of, and nothing else', async () => {
    expect(await cacheControlOf(`?v=${await versionOf()}`)).toBe('private, max-age=31536000, immutable');
    expect(await cacheControlOf('?v=older')).toBe('private, no-cache');
  });

  it('answers HEAD, conditions and ranges as the files do', async () => {
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const part = await fetch(url, { headers: { range: 'bytes=-10' } });
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, bytes.subarray(-10)]);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  });

  it('answers 404 where there is none, where its item was deleted, and where its file is another', async () => {
    const { prisma } = service.app.database;
    const missing = [404, 'IMAGE_PROXY_NOT_FOUND'];
    for (const id of [encodePublicId('ImageProxy', 99), encodePublicId('MediaItem', 1), 'no-id']) {
      expect(await statusOf(new URL(`/proxies/${id}`, url).href)).toEqual(missing);
    }
    const [name = ''] = await readdir(service.proxyFolder);
    await writeFile(join(service.proxyFolder, name), 'another');
    expect(await statusOf(url)).toEqual(missing);
    await writeFile(join(service.proxyFolder, name), bytes);
    expect((await fetch(url)).status).toBe(200);
    await prisma.imageProxy.updateMany({ data: { sha256: null } });
    expect(await statusOf(url)).toEqual(missing);
    await prisma.mediaItem.deleteMany();
    expect(await statusOf(url)).toEqual(missing);
  });
});
