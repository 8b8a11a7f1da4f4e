import { connect } from 'node:net';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { pino } from 'pino';
import sharp from 'sharp';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { pictureVersion } from '../../../../src/library/delivery/posters/picture-version.ts';
import type { PicturedItem } from '../../../../src/library/delivery/posters/pictured-item.ts';
import type { Posters } from '../../../../src/library/delivery/posters/posters.ts';
import { pictureRoutes } from '../../../../src/service/http/routes/picture-routes.ts';
import {
  createPosterLibrary,
  plainPicture,
  type PosterLibrary,
} from '../../../library/delivery/posters/poster-library.ts';

let library: PosterLibrary;
let items: Map<string, PicturedItem>;

beforeEach(async () => {
  library = await createPosterLibrary();
  items = new Map();
});

/** The routes on a real socket, with a map for a catalogue. */
async function startServer(posters: Pick<Posters, 'find'> = library.open()) {
  const logged: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) });
  const app = fastify();
  await app.register(pictureRoutes({ findPicturedItem: async (id) => items.get(id) ?? null, posters, log }));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
  });
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${url}/media/${path}`, { method, headers });
  return { url, get, logged };
}

async function addPhoto(): Promise<PicturedItem> {
  const picture = await plainPicture('red', { width: 1200, height: 800 });
  const item = await library.addItem('photo.jpg', picture, { mediaType: 'IMAGE' });
  items.set('photo', item);
  return item;
}

async function readSize(response: Response): Promise<unknown[]> {
  const { format, width, height } = await sharp(await response.arrayBuffer()).metadata();
  return [format, width, height];
}

describe('the picture routes', () => {
  it('answer a poster and thumbnails of two sizes as WebP', async () => {
    await addPhoto();
    const { get } = await startServer();
    expect(await readSize(await get('photo/poster'))).toEqual(['webp', 960, 640]);
    expect(await readSize(await get('photo/thumbnail'))).toEqual(['webp', 320, 213]);
    expect(await readSize(await get('photo/thumbnail?size=small'))).toEqual(['webp', 320, 213]);
    expect(await readSize(await get('photo/thumbnail?size=large'))).toEqual(['webp', 960, 640]);
  });

  it('answer thumbnails of every size, none of them enlarged', async () => {
    const large = await plainPicture('red', { width: 3000, height: 1500 });
    items.set('large', await library.addItem('large.jpg', large, { mediaType: 'IMAGE' }));
    await addPhoto();
    const { get } = await startServer(library.open({ maxPixels: 10_000_000 }));
    expect(await readSize(await get('large/thumbnail?size=medium'))).toEqual(['webp', 640, 320]);
    expect(await readSize(await get('large/thumbnail?size=screen'))).toEqual(['webp', 2560, 1280]);
    expect(await readSize(await get('photo/thumbnail?size=screen'))).toEqual(['webp', 1200, 800]);
    for (const size of ['SCREEN', 'huge', '', '640', 'constructor']) {
      const answer = await get(`photo/thumbnail?size=${size}`);
      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'INVALID_INPUT' }]);
    }
  });

  it('say all that there is to say of it', async () => {
    await addPhoto();
    const { get } = await startServer();
    const response = await get('photo/thumbnail');
    const bytes = await response.arrayBuffer();
    const { date: _, connection: __, 'keep-alive': ___, ...headers } = Object.fromEntries(response.headers);
    expect([response.status, headers]).toEqual([
      200,
      {
        'accept-ranges': 'bytes',
        'cache-control': 'private, no-cache',
        'content-disposition': 'inline; filename="thumbnail.webp"',
        'content-length': String(bytes.byteLength),
        'content-type': 'image/webp',
        etag: expect.stringMatching(/^"[\da-f]{32}"$/),
        'last-modified': expect.stringMatching(/ GMT$/),
        'x-content-type-options': 'nosniff',
      },
    ]);
  });

  it('let a browser keep what the URL names the version of, and nothing else', async () => {
    const item = await addPhoto();
    items.set('film', await library.addItem('film.mp4', 'x'));
    const { get } = await startServer();
    const version = pictureVersion(item);
    const cacheControlOf = async (path: string) => (await get(path)).headers.get('cache-control');
    for (const path of ['photo/poster?', 'photo/thumbnail?size=large&']) {
      expect(await cacheControlOf(`${path}v=${version}`)).toBe('private, max-age=31536000, immutable');
      expect(await cacheControlOf(`${path}v=older`)).toBe('private, no-cache');
      expect(await cacheControlOf(`${path}v=${version}&v=${version}`)).toBe('private, no-cache');
    }
    const film = await get(`film/poster?v=${pictureVersion(items.get('film')!)}`);
    expect([film.status, film.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
  });

  it('show a changed file under its new version, and under the old one too', async () => {
    const item = await addPhoto();
    const { get } = await startServer();
    const before = await get(`photo/poster?v=${pictureVersion(item)}`);
    const changed = await library.addItem('photo.jpg', await plainPicture('blue'), { mediaType: 'IMAGE' });
    items.set('photo', { ...changed, id: item.id });
    expect(pictureVersion(changed)).not.toBe(pictureVersion(item));
    for (const version of [pictureVersion(item), pictureVersion(changed)]) {
      const after = await get(`photo/poster?v=${version}`);
      expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
    }
  });

  it('answer what an address names the version of from memory, and nobody who may not see the item', async () => {
    const item = await addPhoto();
    const { get } = await startServer();
    const path = `photo/thumbnail?v=${pictureVersion(item)}`;
    const shown = await get(path);
    const etag = shown.headers.get('etag') ?? '';
    const bytes = Buffer.from(await shown.arrayBuffer());
    // Written again, and not scanned yet: the version that the address names is still the old one.
    await library.write('photo.jpg', await plainPicture('blue'));
    const again = await get(path);
    expect([again.status, again.headers.get('cache-control')]).toEqual([200, 'private, max-age=31536000, immutable']);
    expect(Buffer.from(await again.arrayBuffer())).toEqual(bytes);
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    const part = await get(path, { range: 'bytes=0-9' });
    expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, bytes.subarray(0, 10)]);
    const head = await get(path, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, `${bytes.length}`, '']);
    // An address that names no version, or another one, is answered with what is there.
    for (const other of ['photo/thumbnail', 'photo/thumbnail?v=older']) {
      const present = await get(other);
      expect(present.headers.get('etag')).not.toBe(etag);
      expect(present.headers.get('cache-control')).toBe('private, no-cache');
    }
    items.set('photo', { ...item, status: 'DELETED' });
    expect((await get(path)).status).toBe(404);
    items.delete('photo');
    expect((await get(path)).status).toBe(404);
  });

  it('answer HEAD, conditions and ranges as the files do', async () => {
    await addPhoto();
    const { get } = await startServer();
    const whole = await get('photo/poster');
    const etag = whole.headers.get('etag') ?? '';
    const bytes = Buffer.from(await whole.arrayBuffer());
    const head = await get('photo/poster', {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, `${bytes.length}`, '']);
    const unchanged = await get('photo/poster', { 'if-none-match': etag });
    expect([unchanged.status, unchanged.headers.get('etag'), unchanged.headers.get('content-length')]).toEqual([
      304,
      etag,
      null,
    ]);
    expect((await get('photo/poster', { 'if-match': '"other"' })).status).toBe(412);
    const part = await get('photo/poster', { range: 'bytes=-10' });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(-10));
    expect((await get('photo/poster', { range: 'bytes=99999999-' })).status).toBe(416);
  });

  it('always have a picture of an item, also where its file is gone', async () => {
    await addPhoto();
    items.set('missing', { ...items.get('photo')!, status: 'MISSING' });
    await unlink(join(library.root, 'photo.jpg'));
    const { get } = await startServer();
    for (const path of ['photo/poster', 'missing/thumbnail']) {
      expect([(await get(path)).status, (await get(path)).headers.get('content-type')]).toEqual([200, 'image/webp']);
    }
  });

  it.each([
    ['an unknown item', 'unknown/poster', 404, 'MEDIA_NOT_FOUND'],
    ['an item that was deleted', 'deleted/thumbnail', 404, 'MEDIA_NOT_FOUND'],
    ['another size', 'photo/thumbnail?size=320', 400, 'INVALID_INPUT'],
    ['two sizes', 'photo/thumbnail?size=small&size=large', 400, 'INVALID_INPUT'],
  ])('refuse %s with a problem document', async (_title, path, status, code) => {
    items.set('deleted', { ...(await addPhoto()), status: 'DELETED' });
    const response = await (await startServer()).get(path);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ status, code });
    expect(response.status).toBe(status);
  });

  it.each(['POST', 'PUT', 'DELETE'])('refuse %s', async (method) => {
    await addPhoto();
    const response = await (await startServer()).get('photo/thumbnail', {}, method);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('give up a picture when the client leaves, and find no fault with that', async () => {
    await addPhoto();
    const signals: AbortSignal[] = [];
    const posters: Pick<Posters, 'find'> = {
      find(_item, _request, signal) {
        signals.push(signal);
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    };
    const { url, logged } = await startServer(posters);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET /media/photo/poster HTTP/1.1\r\nHost: a\r\n\r\n');
    await expect.poll(() => signals.length).toBe(1);
    socket.destroy();
    await expect.poll(() => signals[0]?.aborted).toBe(true);
    expect(logged).toEqual([]);
  });
});
