import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { symlink, utimes, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startArchiveServer, type ArchiveServer } from '../../../support/archive-server.ts';
import { readZip } from '../../../support/read-zip.ts';
import { temporaryFolder, writeFiles } from '../../../support/temporary-folder.ts';

describe('GET /archive', () => {
  it('packs the selected files, with their bytes and times, and tells the length before', async () => {
    const server = await startArchiveServer();
    const film = randomBytes(3_000_000);
    await add(server, ['a/Dune – ä.mkv', 'b/empty.mkv', 'c/old.mkv']);
    await writeFile(join(server.root, 'a/Dune – ä.mkv'), film);
    await writeFile(join(server.root, 'b/empty.mkv'), '');
    const times = ['2024-05-06T07:08:09.000Z', '2041-01-01T00:00:00.000Z', '1969-01-01T00:00:00.000Z'];
    for (const [index, path] of [...server.files.keys()].entries()) {
      await utimes(join(server.root, path), new Date(), new Date(times[index] ?? ''));
    }
    const response = await fetch(`${server.url}/archive?${query([...server.files.keys()])}`);
    const zip = Buffer.from(await response.arrayBuffer());
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="3 files.zip"',
      'content-length': String(zip.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'accept-ranges': 'none',
    });
    const entries = readZip(zip);
    expect(entries.map(({ name, isUtf8 }) => ({ name, isUtf8 }))).toEqual([
      { name: 'Dune – ä.mkv', isUtf8: true },
      { name: 'empty.mkv', isUtf8: true },
      { name: 'old.mkv', isUtf8: true },
    ]);
    expect(entries[0]?.bytes.equals(film)).toBe(true);
    expect(entries[0]?.modifiedAt).toEqual(new Date(times[0] ?? ''));
    expect(entries[1]?.bytes).toHaveLength(0);
    expect(entries[2]?.modifiedAt?.getFullYear()).toBe(1980);
    expect(server.logged).toEqual([]);
  });

  it('takes an ID once, and files of one name under different ones', async () => {
    const server = await startArchiveServer();
    await add(server, ['x/film.mkv', 'y/film.mkv', 'y/CON.mkv']);
    const names = (
      await packed(server, `/archive?${query(['x/film.mkv', 'y/film.mkv', 'x/film.mkv', 'y/CON.mkv'])}`)
    ).map(({ name, bytes }) => [name, bytes.toString()]);
    expect(names).toEqual([
      ['film.mkv', 'x/film.mkv'],
      ['film (1).mkv', 'y/film.mkv'],
      ['_CON.mkv', 'y/CON.mkv'],
    ]);
  });

  it.each([
    [['a/one.mkv'], 'one.zip'],
    [['a/one.mkv', 'a/two.mkv'], 'a.zip'],
    [['a/one.mkv', 'b/two.mkv'], '2 files.zip'],
    [['one.mkv', 'two.mkv'], '2 files.zip'],
  ])('names the archive of %j %s', async (paths, filename) => {
    const server = await startArchiveServer();
    await add(server, paths);
    const response = await fetch(`${server.url}/archive?${query(paths)}`, { method: 'HEAD' });
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${filename}"`);
  });

  it('refuses unknown IDs by name, and sends nothing of the others', async () => {
    const server = await startArchiveServer();
    await add(server, ['a.mkv']);
    expect(await problem(server, '/archive?id=x&id=a.mkv&id=y')).toMatchObject({
      status: 404,
      code: 'MEDIA_NOT_FOUND',
      detail:
        'There are no media items with these IDs: "x", "y". They may have been deleted; leave them out to get the others.',
    });
  });

  it('refuses files that are gone, by name, before anything is sent', async () => {
    const server = await startArchiveServer();
    await add(server, ['a.mkv']);
    server.addFile('b/gone.mkv');
    expect(await problem(server, '/archive?id=a.mkv&id=b/gone.mkv')).toMatchObject({
      status: 404,
      code: 'FILE_NOT_FOUND_ON_DISK',
      detail: 'These files are not there any more: "b/gone.mkv". A scan brings the catalogue up to date.',
    });
  });

  it('refuses a file that leads out of its root', async () => {
    const server = await startArchiveServer();
    const outside = await temporaryFolder();
    await writeFiles(outside, ['secret.txt']);
    await symlink(join(outside, 'secret.txt'), join(server.root, 'link.mkv'));
    server.addFile('link.mkv');
    expect(await problem(server, '/archive?id=link.mkv')).toMatchObject({ status: 403, code: 'PATH_OUTSIDE_ROOT' });
  });

  it('refuses an empty selection, and one of more than 1000 items', async () => {
    const server = await startArchiveServer();
    expect(await problem(server, '/archive')).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
    const ids = Array.from({ length: 1001 }, (_, index) => `TWVkaWFJdGVtOjE${String(index).padStart(4, '0')}`);
    expect(await problem(server, `/archive?${query(ids)}`)).toMatchObject({
      status: 400,
      detail: '1001 items are selected, and an archive takes at most 1000.',
    });
    expect(await problem(server, `/archive?${query(ids.slice(1))}`)).toMatchObject({ status: 404 });
  });

  it('answers HEAD with the same headers, and a range with the whole archive', async () => {
    const server = await startArchiveServer();
    await add(server, ['a.mkv', 'b.mkv']);
    const url = `${server.url}/archive?id=a.mkv&id=b.mkv`;
    const whole = await fetch(url, { headers: { range: 'bytes=0-9' } });
    const head = await fetch(url, { method: 'HEAD' });
    expect(whole.status).toBe(200);
    expect(readZip(Buffer.from(await whole.arrayBuffer()))).toHaveLength(2);
    const known = ['content-length', 'content-type', 'content-disposition', 'accept-ranges'];
    expect(known.map((name) => head.headers.get(name))).toEqual(known.map((name) => whole.headers.get(name)));
    expect(await head.text()).toBe('');
  });

  it('refuses other methods', async () => {
    const server = await startArchiveServer();
    for (const path of ['/archive', '/archive/films', '/archive/films/a']) {
      const response = await fetch(server.url + path, { method: 'POST', body: 'x' });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD');
    }
  });
});

describe('GET /archive/:category/*', () => {
  it('packs a folder with its subfolders, under its own name', async () => {
    const server = await startArchiveServer();
    await add(server, ['Series/S 1/01.mkv', 'Series/S 1/02.mkv', 'Series/S 1/extra/x.mkv', 'Series/S 2/01.mkv']);
    for (const slash of ['', '/']) {
      const entries = await packed(server, `/archive/films/Series/S%201${slash}`);
      expect(entries.map(({ name }) => name)).toEqual(['S 1/01.mkv', 'S 1/02.mkv', 'S 1/extra/x.mkv']);
    }
    const response = await fetch(`${server.url}/archive/films/Series/S%201`, { method: 'HEAD' });
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="S 1.zip"');
  });

  it('packs a whole category, under its key', async () => {
    const server = await startArchiveServer();
    await add(server, ['a/1.mkv', 'b.mkv']);
    for (const path of ['/archive/films', '/archive/films/']) {
      const entries = await packed(server, path);
      expect(entries.map(({ name }) => name)).toEqual(['films/a/1.mkv', 'films/b.mkv']);
    }
  });

  it.each(['/archive/films/nothing', '/archive/films/../..', '/archive/films/%2e%2e/a', '/archive/films/a%00'])(
    'finds no files at %s',
    async (path) => {
      const server = await startArchiveServer();
      await add(server, ['a/1.mkv']);
      const response = await fetch(server.url + path);
      expect(response.status).toBe(404);
    },
  );

  it('refuses a folder of more files than an archive takes', async () => {
    const server = await startArchiveServer();
    for (let index = 0; index <= 20_000; index++) server.addFile(`a/${index}.mkv`);
    expect(await problem(server, '/archive/films/a')).toMatchObject({ status: 400, code: 'ARCHIVE_TOO_LARGE' });
  });

  it('makes a zip that unzip finds no fault with', async ({ skip }) => {
    const unzip = promisify(execFile);
    if (!(await unzip('unzip', ['-v']).catch(() => null))) skip('there is no unzip here');
    const server = await startArchiveServer();
    await add(server, ['Ä/日本.mkv', 'Ä/a?.mkv', 'Ä/A_.mkv']);
    const path = join(await temporaryFolder(), 'x.zip');
    await writeFile(path, Buffer.from(await (await fetch(`${server.url}/archive/films/`)).arrayBuffer()));
    const { stdout } = await unzip('unzip', ['-t', path]);
    expect(stdout).toContain('No errors detected');
  });

  it('answers HTTP/1.0 with a length too', async () => {
    const server = await startArchiveServer();
    await add(server, ['a.mkv']);
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /archive/films HTTP/1.0\r\n\r\n');
    expect((await buffer(socket)).toString('latin1').toLowerCase()).toContain('content-length: ');
  });
});

async function add(server: ArchiveServer, paths: string[]): Promise<void> {
  await writeFiles(server.root, paths);
  for (const path of paths) server.addFile(path);
}

function query(ids: string[]): string {
  return new URLSearchParams(ids.map((id) => ['id', id])).toString();
}

async function packed(server: ArchiveServer, path: string) {
  const [response] = (await once(get(server.url + path), 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  return readZip(await buffer(response));
}

async function problem(server: ArchiveServer, path: string): Promise<unknown> {
  const response = await fetch(server.url + path);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(response.headers.has('content-disposition')).toBe(false);
  return response.json();
}
