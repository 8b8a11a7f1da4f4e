import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { createCopypartyArchives } from '../../../src/library/copyparty/copyparty-archives.ts';
import { createCopypartyThumbnails } from '../../../src/library/copyparty/copyparty-thumbnails.ts';
import { describeOnEachCopyparty, type TestCopyparty } from '../../support/copyparties.ts';
import { openCopyparty } from '../../support/open-copyparty.ts';
import { readZip } from '../../support/read-zip.ts';

const { signal } = new AbortController();

/** What the service relies on, in copyparty's own words: also what it gets wrong, and the service has to set right. */
describeOnEachCopyparty('copyparty', (start) => {
  it.each<[string | null, number, string | null, string]>([
    [null, 200, null, '0123456789'],
    ['bytes=2-4', 206, 'bytes 2-4/10', '234'],
    ['bytes=7-', 206, 'bytes 7-9/10', '789'],
    ['bytes=8-99', 206, 'bytes 8-9/10', '89'],
    ['bytes=0-1,4-5', 200, null, '0123456789'],
    // The suffix that it gets wrong: the last two bytes were asked for.
    ['bytes=-2', 206, 'bytes 0-2/10', '012'],
  ])('answers the range %s', async (range, status, contentRange, body) => {
    const copyparty = await start();
    await copyparty.addFile('a ä.mp4', '0123456789');
    const response = await ask(copyparty, 'a%20%C3%A4.mp4', range === null ? {} : { headers: { range } });
    expect([response.status, response.headers.get('content-range')]).toEqual([status, contentRange]);
    expect(await response.text()).toBe(body);
    expect(response.headers.get('content-length')).toBe(String(body.length));
    expect(response.headers.get('last-modified')).toBe('Mon, 06 May 2024 07:08:09 GMT');
    expect(response.headers.has('etag')).toBe(false);
  });

  it('answers a range behind the end with the size', async () => {
    const copyparty = await start();
    await copyparty.addFile('a.mp4', '0123456789');
    const response = await ask(copyparty, 'a.mp4', { headers: { range: 'bytes=10-' } });
    expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */10']);
  });

  it('answers a HEAD of a file with its length and date and without its bytes', async () => {
    const copyparty = await start();
    await copyparty.addFile('a.mp4', '0123456789');
    const response = await ask(copyparty, 'a.mp4', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('content-length')).toBe('10');
    expect(response.headers.get('last-modified')).toBe('Mon, 06 May 2024 07:08:09 GMT');
  });

  it('answers a range of an empty file as if none had been asked for', async () => {
    const copyparty = await start();
    await copyparty.addFile('a.mp4', '');
    const response = await ask(copyparty, 'a.mp4', { headers: { range: 'bytes=0-' } });
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '0']);
  });

  it('answers for a folder with a page that has no date, and for what is not there with 404', async () => {
    const copyparty = await start();
    await copyparty.addFile('folder/a.mp4', 'x');
    const folder = await ask(copyparty, 'folder', { method: 'HEAD' });
    expect(folder.headers.has('last-modified')).toBe(false);
    expect(folder.headers.get('content-type')).toContain('text/html');
    expect((await ask(copyparty, 'gone.mp4')).status).toBe(404);
  });

  it('tells the password in a cookie, which nobody must see', async () => {
    const copyparty = await start();
    await copyparty.addFile('a.mp4', 'x');
    const response = await ask(copyparty, 'a.mp4');
    expect(response.headers.get('set-cookie')).toContain(`cppwd=${copyparty.password}`);
  });

  it('shows nothing to whoever has another password, and its own page at the root', async () => {
    const copyparty = await start();
    await copyparty.addFile('a.mp4', 'x');
    expect((await ask(copyparty, 'a.mp4', { headers: { pw: 'wrong' } })).status).toBe(403);
    const page = await fetch(`${copyparty.url}/?ls`, { headers: { pw: 'wrong' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });

  it('lists a folder', async () => {
    const copyparty = await start();
    for (const name of ['b 50%.mp4', 'ä.mp4', 'in/side.mp4']) await copyparty.addFile(name, name);
    const archives = createCopypartyArchives(openCopyparty(copyparty.url, copyparty));
    const { files, folders } = await archives.list(copyparty.path, signal);
    expect(folders).toEqual(['in']);
    expect(files.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'b 50%.mp4', sizeBytes: 9 },
      { name: 'ä.mp4', sizeBytes: Buffer.byteLength('ä.mp4') },
    ]);
  });

  it('packs a folder below its own name, and of a selection the direct children that are there', async () => {
    const copyparty = await start();
    for (const name of ['S/1.mp4', 'S/2 ä.mp4', 'S/x/3.mp4']) await copyparty.addFile(name, name);
    const archives = createCopypartyArchives(openCopyparty(copyparty.url, copyparty));
    const namesOf = async (names: string[] | null) =>
      readZip(await buffer(await archives.openZip(`${copyparty.path}/S`, names, signal)))
        .map(({ name, bytes }) => `${name}: ${bytes.toString()}`)
        .toSorted((a, b) => (a < b ? -1 : 1));
    expect(await namesOf(null)).toEqual(['S/1.mp4: S/1.mp4', 'S/2 ä.mp4: S/2 ä.mp4', 'S/x/3.mp4: S/x/3.mp4']);
    expect(await namesOf(['2 ä.mp4', 'gone.mp4'])).toEqual(['2 ä.mp4: S/2 ä.mp4']);
  });

  it('makes a thumbnail of a picture, and an icon of anything else', async () => {
    const copyparty = await start();
    const picture = sharp({ create: { width: 1600, height: 900, channels: 3, background: 'teal' } });
    await copyparty.addFile('a.jpg', await picture.jpeg().toBuffer());
    await copyparty.addFile('a.txt', 'text');
    const thumbnails = createCopypartyThumbnails(
      openCopyparty(copyparty.url, {
        ...copyparty,
        timeouts: { connectMs: 500, firstByteMs: 20_000, stallMs: 20_000 },
      }),
    );
    const bytes = await thumbnails.thumbnail(copyparty.path, 'a.jpg', 'large', signal);
    expect(await sharp(bytes ?? Buffer.alloc(0)).metadata()).toMatchObject({ format: 'webp', width: 960, height: 540 });
    expect(await thumbnails.thumbnail(copyparty.path, 'a.txt', 'large', signal)).toBeNull();
    const icon = await ask(copyparty, 'a.txt?th=wf3');
    expect([icon.status, icon.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'image/svg+xml']);
  });
});

interface Question {
  method?: string;
  headers?: Record<string, string>;
}

function ask({ url, password, path }: TestCopyparty, name: string, { method = 'GET', headers }: Question = {}) {
  return fetch(`${url}${path}/${name}`, {
    method,
    headers: { pw: password, 'user-agent': 'mediashelf', ...headers },
  });
}
