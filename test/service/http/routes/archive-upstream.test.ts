import { once } from 'node:events';
import { truncate } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { ArchiveUpstream, FolderListing } from '../../../../src/library/delivery/archives/archive-upstream.ts';
import { startArchiveServer, type ArchiveServer } from '../../../support/archive-server.ts';
import { readZip } from '../../../support/read-zip.ts';
import { writeFiles } from '../../../support/temporary-folder.ts';

describe('an archive where copyparty holds the files', () => {
  it('of a folder is packed by copyparty, where it lists the same files', async () => {
    const { server, upstream } = await startWithUpstream(['S/1.mkv', 'S/2.mkv', 'S/x/3.mkv', 'T/4.mkv']);
    const response = await request(server, '/archive/films/S');
    expect(response.headers['content-length']).toBeUndefined();
    expect(readZip(await buffer(response)).map(({ name }) => name)).toEqual(['S/1.mkv', 'S/2.mkv', 'S/x/3.mkv']);
    expect(upstream.packed).toEqual([['/films/S', null]]);
  });

  it('of a selection is packed by copyparty, where the files lie in one folder', async () => {
    const { server, upstream } = await startWithUpstream(['S/1.mkv', 'S/2.mkv', 'S/other.mkv', 'T/4.mkv']);
    expect(await namesOf(server, '/archive?id=S/2.mkv&id=S/1.mkv')).toEqual(['2.mkv', '1.mkv']);
    expect(upstream.packed).toEqual([['/films/S', ['2.mkv', '1.mkv']]]);
    expect(await namesOf(server, '/archive?id=S/1.mkv&id=T/4.mkv')).toEqual(['1.mkv', '4.mkv']);
    expect(upstream.packed).toHaveLength(1);
    expect(server.logged).toEqual([]);
  });

  it.each<[string, (upstream: TestUpstream, server: ArchiveServer) => void]>([
    ['lists a file that the catalogue does not have', ({ files }) => files.set('S/notes.txt', 'x')],
    ['lists a folder that the catalogue does not have', ({ files }) => files.set('S/y/notes.txt', 'x')],
    ['lists another size', ({ files }) => files.set('S/1.mkv', 'longer than it was')],
    ['does not list a file', ({ files }) => void files.delete('S/1.mkv')],
    ['does not list the folder', ({ files }) => files.clear()],
  ])('is packed here where copyparty %s', async (_, change) => {
    const { server, upstream } = await startWithUpstream(['S/1.mkv', 'S/x/2.mkv']);
    change(upstream, server);
    const response = await request(server, '/archive/films/S');
    const zip = await buffer(response);
    expect(response.headers['content-length']).toBe(String(zip.length));
    expect(readZip(zip).map(({ name, bytes }) => [name, bytes.toString()])).toEqual([
      ['S/1.mkv', 'S/1.mkv'],
      ['S/x/2.mkv', 'S/x/2.mkv'],
    ]);
    expect(upstream.packed).toEqual([]);
  });

  it('is packed here where names have to be changed, which copyparty does not do', async () => {
    const paths = ['S/CON.mkv', 'S/what?.mkv', 'S/a.mkv', 'S/A.mkv'];
    const { server, upstream } = await startWithUpstream(paths);
    expect(await namesOf(server, '/archive/films/S')).toEqual(['S/_CON.mkv', 'S/what_.mkv', 'S/a.mkv', 'S/A (1).mkv']);
    expect(upstream.packed).toEqual([]);
  });

  it('is packed here where there are many files or folders, without asking for them all', async () => {
    const many = Array.from({ length: 1001 }, (_, index) => `many/${index}.mkv`);
    const deep = Array.from({ length: 33 }, (_, index) => `deep/${index}/a.mkv`);
    const { server, upstream } = await startWithUpstream([...many, ...deep]);
    expect(await namesOf(server, '/archive/films/many')).toHaveLength(1001);
    expect(await namesOf(server, '/archive/films/deep')).toHaveLength(33);
    expect(upstream.listed).toEqual([]);
  });

  it.each(['list', 'openZip'] as const)(
    'is packed here where copyparty fails to %s, which the log tells',
    async (step) => {
      const { server, upstream } = await startWithUpstream(['S/1.mkv']);
      Object.assign(upstream, { [step]: () => Promise.reject(new Error('connection refused')) });
      expect(await namesOf(server, '/archive/films/S')).toEqual(['S/1.mkv']);
      expect(server.logged).toMatchObject([
        {
          level: 40,
          err: { message: 'connection refused' },
          msg: 'copyparty does not pack an archive; it is packed here',
        },
      ]);
    },
  );

  it('is packed here for HTTP/1.0, where a cut would look like the end', async () => {
    const { server, upstream } = await startWithUpstream(['S/1.mkv']);
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /archive/films/S HTTP/1.0\r\n\r\n');
    expect((await buffer(socket)).toString('latin1').toLowerCase()).toContain('content-length: ');
    expect(upstream.listed).toEqual([]);
  });

  it('is asked for by GET alone', async () => {
    const { server, upstream } = await startWithUpstream(['S/1.mkv']);
    const response = await fetch(`${server.url}/archive/films/S`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.has('content-length')).toBe(false);
    expect(upstream.packed).toEqual([]);
  });

  it('breaks off where the upstream ends early, leaves a file out, or breaks', async () => {
    const { server, upstream } = await startWithUpstream(['S/1.mkv', 'S/2.mkv']);
    const whole = await buffer(await upstream.openZip('/films/S', null));
    upstream.files.delete('S/1.mkv');
    const partial = await buffer(await upstream.openZip('/films/S', null));
    upstream.files.set('S/1.mkv', 'S/1.mkv');
    const faults = [
      () => Readable.from([whole.subarray(0, -1)]),
      () => Readable.from([whole.subarray(0, 50)]),
      () => Readable.from([partial]),
      () => Readable.from(breakOff(whole.subarray(0, 50))),
    ];
    for (const fault of faults) {
      upstream.openZip = async () => fault();
      await expect(buffer(await request(server, '/archive/films/S'))).rejects.toThrow('aborted');
    }
    expect(server.logged.map(({ msg }) => msg)).toEqual(faults.map(() => 'an archive broke off'));
    expect(upstream.listed).toHaveLength(faults.length);
  });

  it('lets go of the upstream when the client leaves', async () => {
    const { server, upstream } = await startWithUpstream(['S/1.mkv']);
    const zip = new PassThrough();
    zip.write((await buffer(await upstream.openZip('/films/S', null))).subarray(0, 50));
    upstream.openZip = async () => zip;
    const response = await request(server, '/archive/films/S');
    response.destroy();
    await expect.poll(() => zip.destroyed).toBe(true);
    expect(server.logged).toEqual([]);
  });

  it('does not wait for a copyparty that is not there', async () => {
    const server = await startArchiveServer({ findUpstream: () => null });
    await writeFiles(server.root, ['S/1.mkv']);
    await truncate(join(server.root, 'S/1.mkv'), 5);
    server.addFile('S/1.mkv');
    expect(await namesOf(server, '/archive/films/S')).toEqual(['S/1.mkv']);
  });
});

/** Has files in memory, and remembers what it was asked for. */
interface TestUpstream extends ArchiveUpstream {
  /** By their paths below /films. */
  files: Map<string, string>;
  listed: string[];
  packed: [string, readonly string[] | null][];
  openZip(folderPath: string, names: readonly string[] | null): Promise<Readable>;
}

function createUpstream(): TestUpstream {
  const files = new Map<string, string>();
  const listed: string[] = [];
  const packed: [string, readonly string[] | null][] = [];
  const below = (folder: string) =>
    [...files]
      .map(([path, content]) => [`/films/${path}`, content] as const)
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([path, content]) => [path.slice(folder.length + 1), content] as const);
  return {
    files,
    listed,
    packed,
    async list(folderPath): Promise<FolderListing> {
      listed.push(folderPath);
      const all = below(folderPath);
      const direct = all.filter(([path]) => !path.includes('/'));
      return {
        files: direct.map(([name, content]) => ({ name, sizeBytes: content.length })),
        folders: [...new Set(all.flatMap(([path]) => (path.includes('/') ? [path.split('/', 1)[0] ?? ''] : [])))],
      };
    },
    async openZip(folderPath, names) {
      packed.push([folderPath, names]);
      const zip = new ZipFile();
      const top = folderPath.split('/').at(-1);
      for (const [path, content] of below(folderPath)) {
        if (names === null)
          zip.addReadStream(Readable.from([Buffer.from(content)]), `${top}/${path}`, { compress: false });
      }
      for (const name of names ?? []) {
        const content = files.get(`${folderPath.slice('/films/'.length)}/${name}`) ?? '';
        zip.addReadStream(Readable.from([Buffer.from(content)]), name, { compress: false });
      }
      zip.end();
      return zip.outputStream as PassThrough;
    },
  };
}

async function startWithUpstream(paths: string[]): Promise<{ server: ArchiveServer; upstream: TestUpstream }> {
  const upstream = createUpstream();
  const server = await startArchiveServer({ findUpstream: () => upstream });
  await writeFiles(server.root, paths);
  for (const path of paths) {
    server.addFile(path, { sizeBytes: path.length });
    upstream.files.set(path, path);
  }
  return { server, upstream };
}

async function request(server: ArchiveServer, path: string): Promise<IncomingMessage> {
  const [response] = (await once(get(server.url + path, { agent: false }), 'response')) as [IncomingMessage];
  return response;
}

async function namesOf(server: ArchiveServer, path: string): Promise<string[]> {
  return readZip(await buffer(await request(server, path))).map(({ name }) => name);
}

async function* breakOff(begin: Buffer): AsyncGenerator<Buffer> {
  yield begin;
  throw new Error('reset');
}
