import { randomBytes, randomInt } from 'node:crypto';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitUntilNoneIsOpen } from '../../../support/list-open-files.ts';
import { startMediaServer, type MediaServer } from '../../../support/media-server.ts';

const content = randomBytes(1_500_000);
const cacheControl = 'private, max-age=0, must-revalidate';
const lastModified = 'Tue, 02 Jan 2024 03:04:05 GMT';

describe('the media routes', () => {
  let server: MediaServer;

  beforeAll(async () => {
    server = await startMediaServer();
    await writeFile(join(server.root, 'film.mp4'), content);
    await utimes(join(server.root, 'film.mp4'), new Date(lastModified), new Date(lastModified));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.items.clear();
    server.logged.length = 0;
    server.addItem('film.mp4');
  });
  afterEach(() => waitUntilNoneIsOpen(server.root));

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${server.url}${path}`, { method, headers });

  it('stream the whole file with what a player needs to know', async () => {
    const response = await get('/media/film.mp4/stream');
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      'accept-ranges': 'bytes',
      'cache-control': cacheControl,
      connection: 'keep-alive',
      'content-disposition': 'inline; filename="film.mp4"',
      'content-length': String(content.length),
      'content-type': 'video/mp4',
      date: expect.any(String),
      etag: expect.stringMatching(/^"[\w-]+"$/),
      'keep-alive': expect.any(String),
      'last-modified': lastModified,
      'x-content-type-options': 'nosniff',
    });
    expect((await readBytes(response)).equals(content)).toBe(true);
  });

  it('download the same bytes, of the same version, as an attachment', async () => {
    const [streamed, downloaded] = await Promise.all([get('/media/film.mp4/stream'), get('/media/film.mp4/download')]);
    expect(downloaded.headers.get('content-disposition')).toBe('attachment; filename="film.mp4"');
    expect(downloaded.headers.get('etag')).toBe(streamed.headers.get('etag'));
    expect((await readBytes(downloaded)).equals(await readBytes(streamed))).toBe(true);
  });

  it('cut hundreds of ranges to the byte', async () => {
    for (let round = 0; round < 300; round += 1) {
      const start = randomInt(content.length);
      const end = Math.min(start + randomInt(round % 10 === 0 ? content.length : 3000), content.length - 1);
      const response = await get('/media/film.mp4/stream', { range: `bytes=${start}-${end}` });
      expect(response.status).toBe(206);
      expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${content.length}`);
      expect(response.headers.get('content-length')).toBe(String(end - start + 1));
      expect((await readBytes(response)).equals(content.subarray(start, end + 1)), `${start}-${end}`).toBe(true);
    }
  });

  it('serve many ranges at once without mixing them up', async () => {
    const starts = Array.from({ length: 60 }, () => randomInt(content.length - 600_000));
    await Promise.all(
      starts.map(async (start) => {
        const response = await get('/media/film.mp4/stream', { range: `bytes=${start}-${start + 599_999}` });
        expect((await readBytes(response)).equals(content.subarray(start, start + 600_000))).toBe(true);
      }),
    );
  });

  it('answer a suffix with the tail, and an unsatisfiable range with the size', async () => {
    const tail = await get('/media/film.mp4/stream', { range: 'bytes=-500' });
    expect(tail.status).toBe(206);
    expect((await readBytes(tail)).equals(content.subarray(-500))).toBe(true);

    const beyond = await get('/media/film.mp4/download', { range: 'bytes=1500000-' });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toBe('bytes */1500000');
    expect(beyond.headers.get('content-disposition')).toBeNull();
    expect(await beyond.json()).toMatchObject({ status: 416, code: 'RANGE_NOT_SATISFIABLE' });
  });

  it('answer HEAD as GET, without the body and without the range', async () => {
    const [head, full] = await Promise.all([
      get('/media/film.mp4/stream', { range: 'bytes=0-9' }, 'HEAD'),
      get('/media/film.mp4/stream'),
    ]);
    // fetch closes the connection after a HEAD.
    const ofConnection = { connection: '', date: '', 'keep-alive': '' };
    const ofMedia = (response: Response) => ({ ...Object.fromEntries(response.headers), ...ofConnection });
    expect(head.status).toBe(200);
    expect(ofMedia(head)).toEqual(ofMedia(full));
    expect(await readBytes(head)).toHaveLength(0);
    await full.body?.cancel();
  });

  it('spare a client what it has, and stop it where it has another version', async () => {
    const { headers } = await get('/media/film.mp4/stream', {}, 'HEAD');
    const etag = headers.get('etag') ?? '';
    for (const [name, value] of [
      ['if-none-match', etag],
      ['if-modified-since', lastModified],
    ] as const) {
      const unchanged = await get('/media/film.mp4/stream', { [name]: value, range: 'bytes=0-9' });
      expect(unchanged.status).toBe(304);
      expect(Object.fromEntries(unchanged.headers)).toEqual({
        'cache-control': cacheControl,
        connection: 'keep-alive',
        date: expect.any(String),
        etag,
        'keep-alive': expect.any(String),
      });
    }

    const other = await get('/media/film.mp4/stream', { 'if-match': '"other"' });
    expect(other.status).toBe(412);
    expect(await other.json()).toMatchObject({ status: 412, code: 'PRECONDITION_FAILED' });

    expect((await get('/media/film.mp4/stream', { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    const resumed = await get('/media/film.mp4/stream', { range: 'bytes=0-9', 'if-range': '"other"' });
    expect(resumed.status).toBe(200);
    expect(await readBytes(resumed)).toHaveLength(content.length);
  });

  it('send an empty file', async () => {
    await writeFile(join(server.root, 'empty'), '');
    server.addItem('empty');
    const response = await get('/media/empty/stream');
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '0']);
    expect(await readBytes(response)).toHaveLength(0);
    expect((await get('/media/empty/stream', { range: 'bytes=0-' })).status).toBe(416);
  });

  it.each([
    [
      'Amélie – 雨 "1".heic',
      `attachment; filename="Am\u00E9lie ? ? \\"1\\".heic"; filename*=UTF-8''Am%C3%A9lie%20%E2%80%93%20%E9%9B%A8%20%221%22.heic`,
    ],
    ['100%25.heic', `attachment; filename="100%25.heic"; filename*=UTF-8''100%2525.heic`],
    ['AC\\DC.mp3', 'attachment; filename="AC_DC.mp3"'],
    ['a\r\nSet-Cookie: b', `attachment; filename="a??Set-Cookie: b"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b`],
  ])('name a download in every script, and nothing but a name: %j', async (filename, disposition) => {
    server.addItem('film.mp4', { filename, mimeType: 'image/heic' });
    const { headers } = await get('/media/film.mp4/download', {}, 'HEAD');
    expect(headers.get('content-disposition')).toBe(disposition);
    expect(headers.get('content-type')).toBe('image/heic');
  });

  it.each([
    'text/html',
    'TEXT/HTML; charset=utf-8',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/xml',
    'application/xml',
  ])('hand out %s as an attachment in a sandbox, never as a page of this site', async (mimeType) => {
    server.addItem('film.mp4', { mimeType });
    const { headers } = await get('/media/film.mp4/stream', {}, 'HEAD');
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(headers.get('content-disposition')).toBe('attachment; filename="film.mp4"');
  });

  it('show a PDF', async () => {
    server.addItem('film.mp4', { mimeType: 'application/pdf' });
    const { headers } = await get('/media/film.mp4/stream', {}, 'HEAD');
    expect(headers.get('content-security-policy')).toBeNull();
    expect(headers.get('content-disposition')).toBe('inline; filename="film.mp4"');
  });

  it('do not guess a type that the catalogue does not know', async () => {
    server.addItem('film.mp4', { mimeType: null });
    const { headers } = await get('/media/film.mp4/stream', {}, 'HEAD');
    expect(headers.get('content-type')).toBe('application/octet-stream');
  });

  it('try a file that the last scan missed', async () => {
    server.addItem('film.mp4', { status: 'MISSING' });
    expect((await get('/media/film.mp4/stream', {}, 'HEAD')).status).toBe(200);
  });

  it('take no part of a path from the request', async () => {
    await writeFile(join(server.root, 'unlisted'), 'x');
    for (const path of ['unlisted', '..%2Funlisted', '%2Fetc%2Fpasswd', 'film.mp4%2F..%2Funlisted']) {
      const { status } = await get(`/media/${path}/stream`);
      expect({ path, status }).toEqual({ path, status: 404 });
    }
  });
});

async function readBytes(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}
