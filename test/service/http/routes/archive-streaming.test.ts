import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm, truncate, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openDiskSource } from '../../../../src/library/delivery/disk-source.ts';
import { startArchiveServer, type ArchiveServer } from '../../../support/archive-server.ts';
import { readZip } from '../../../support/read-zip.ts';

// More than the kernel's buffers of a loopback connection take.
const largeBytes = 32 * 1024 * 1024;

describe('an archive on its way to a client', () => {
  it('arrives whole, however slowly the client reads, in flat memory and with few files open', async () => {
    const server = await startArchiveServer();
    const content = randomBytes(64 * 1024);
    for (let index = 0; index < 3000; index++) {
      await writeFile(join(server.root, `${index}.jpg`), content);
      server.addFile(`${index}.jpg`);
    }
    let maxOpen = 0;
    let isDone = false;
    const watching = (async () => {
      for (; !isDone; await setTimeout(1)) maxOpen = Math.max(maxOpen, (await server.openFiles()).length);
    })();
    const before = process.memoryUsage();
    const response = await openArchive(server);
    await setTimeout(200);
    const paused = process.memoryUsage();
    expect(paused.arrayBuffers - before.arrayBuffers).toBeLessThan(16 * 1024 * 1024);
    const zip = await buffer(response);
    isDone = true;
    await watching;
    const entries = readZip(zip);
    expect(entries).toHaveLength(3000);
    expect(entries.every(({ bytes }) => bytes.equals(content))).toBe(true);
    expect(response.headers['content-length']).toBe(String(zip.length));
    expect(maxOpen).toBeGreaterThan(0);
    expect(maxOpen).toBeLessThanOrEqual(8);
    expect(server.logged).toEqual([]);
  });

  it('leaves no descriptor behind, and no line in the log, when the client leaves', async () => {
    const server = await startArchiveServer();
    await addLarge(server, ['1.mkv', '2.mkv']);
    const responses = await Promise.all(Array.from({ length: 10 }, () => openArchive(server)));
    await expect.poll(() => server.openFiles()).toHaveLength(10);
    for (const response of responses) response.destroy();
    await expect.poll(() => server.openFiles()).toEqual([]);
    expect(server.logged).toEqual([]);
  });

  it('stops its preparations when the client leaves', async () => {
    let opened = 0;
    const server = await startArchiveServer({
      async openSource(file) {
        opened += 1;
        await setTimeout(20);
        return openDiskSource(file);
      },
    });
    await addLarge(server, ['0.mkv']);
    for (let index = 1; index < 1000; index++) server.addFile(`${index}.mkv`, { relativePath: '0.mkv' });
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /archive/films HTTP/1.1\r\nhost: x\r\n\r\n');
    await expect.poll(() => opened).toBeGreaterThan(0);
    socket.destroy();
    await setTimeout(100);
    const openedThen = opened;
    await setTimeout(100);
    expect(opened).toBe(openedThen);
    expect(opened).toBeLessThan(200);
    expect(server.logged).toEqual([]);
  });

  it.each([
    ['vanishes', 'FILE_NOT_FOUND_ON_DISK', (path: string) => rm(path)],
    ['becomes shorter', 'ARCHIVE_ENTRY_CHANGED', (path: string) => truncate(path, 1000)],
    ['becomes longer', 'ARCHIVE_ENTRY_CHANGED', (path: string) => truncate(path, 2 * largeBytes)],
  ])('breaks off when a file %s before its turn', async (_, code, change) => {
    const server = await startArchiveServer();
    await addLarge(server, ['1.mkv', '2.mkv']);
    const response = await openArchive(server);
    await change(join(server.root, '2.mkv'));
    await expect(buffer(response)).rejects.toThrow('aborted');
    expect(server.logged).toMatchObject([{ level: 40, err: { code }, msg: 'an archive broke off' }]);
  });

  it('breaks off when a file is cut short while it is read', async () => {
    const server = await startArchiveServer();
    await addLarge(server, ['1.mkv', '2.mkv']);
    const response = await openArchive(server);
    await readSome(response);
    await truncate(join(server.root, '1.mkv'), largeBytes - 1000);
    await expect(buffer(response)).rejects.toThrow('aborted');
    expect(server.logged).toMatchObject([{ err: { code: 'FILE_SHRANK' }, msg: 'an archive broke off' }]);
  });
});

async function addLarge(server: ArchiveServer, names: string[]): Promise<void> {
  for (const name of names) {
    await writeFile(join(server.root, name), Buffer.alloc(largeBytes, name));
    server.addFile(name);
  }
}

/** Answered, and not read any further. */
async function openArchive(server: ArchiveServer): Promise<IncomingMessage> {
  const [response] = (await once(get(`${server.url}/archive/films`, { agent: false }), 'response')) as [
    IncomingMessage,
  ];
  return response;
}

/** Reads until content has come, by which the file is open: the name in front of it is far shorter. */
async function readSome(response: IncomingMessage): Promise<void> {
  for (let bytes = 0; bytes < 4096; bytes += (response.read() as Buffer | null)?.length ?? 0) {
    await once(response, 'readable');
  }
}
