import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm, truncate, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDiskSource } from '../../../../src/library/delivery/disk-source.ts';
import { startMediaServer, type MediaServer } from '../../../support/media-server.ts';

// More than the kernel's buffers of a loopback connection take.
const sizeBytes = 48 * 1024 * 1024;
const content = randomBytes(sizeBytes);
const request = 'GET /media/film.mp4/stream HTTP/1.1\r\nhost: x\r\n\r\n';

describe('a stream to a client', () => {
  let server: MediaServer;

  beforeEach(async () => {
    // A large buffer in front of the socket says "go on" long before the bytes have left: memory must not be reused then.
    server = await startMediaServer({ server: { http: { highWaterMark: 1024 * 1024 } } });
    await writeFile(join(server.root, 'film.mp4'), content);
    server.addItem('film.mp4');
  });
  afterEach(async () => {
    await server.close();
  });

  it('arrives whole, however slowly and unevenly the client reads, in flat memory', async () => {
    const responses = await Promise.all(Array.from({ length: 6 }, openStream));
    const before = process.memoryUsage().arrayBuffers;
    await setTimeout(200);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
    for (const response of responses) {
      let position = 0;
      for await (const chunk of response as AsyncIterable<Buffer>) {
        if (!chunk.equals(content.subarray(position, position + chunk.length)))
          throw new Error(`differs at ${position}`);
        position += chunk.length;
        if (position % 13 === 0) await setTimeout(1);
      }
      expect(position).toBe(sizeBytes);
    }
    expect(server.logged).toEqual([]);
  });

  it('leaves no descriptor behind when the client leaves', async () => {
    const responses = await Promise.all(Array.from({ length: 10 }, openStream));
    await expect.poll(() => server.openFiles()).toHaveLength(10);
    for (const response of responses) response.destroy();
    await expect.poll(() => server.openFiles()).toEqual([]);
    expect(server.logged).toEqual([]);
  });

  it('leaves none behind either for requests that wait on the same connection', async () => {
    const socket = await connectAndSend(request.repeat(3));
    await expect.poll(() => server.openFiles()).toHaveLength(3);
    socket.destroy();
    await expect.poll(() => server.openFiles()).toEqual([]);
  });

  it('leaves none behind when the client is gone before the file is open', async () => {
    let isOpened = false;
    const slow = await startMediaServer({
      async openSource(file) {
        await setTimeout(100);
        isOpened = true;
        return openDiskSource(file);
      },
    });
    slow.addItem('film.mp4', { rootPath: server.root });
    const socket = connect(slow.port, '127.0.0.1');
    socket.end(request);
    await setTimeout(20);
    socket.destroy();
    await expect.poll(() => isOpened).toBe(true);
    await expect.poll(() => server.openFiles()).toEqual([]);
    expect(slow.logged).toEqual([]);
    await slow.close();
  });

  it('answers requests that follow each other on one connection in their order', async () => {
    const socket = await connectAndSend(
      [10, 20, 30].map((start) => request.replace('\r\n\r\n', `\r\nrange: bytes=${start}-${start}\r\n\r\n`)).join('') +
        request.replace('\r\n\r\n', '\r\nconnection: close\r\nrange: bytes=40-40\r\n\r\n'),
    );
    const text = (await buffer(socket)).toString('latin1');
    const bodies = text.split(/HTTP\/1\.1 206[^]*?\r\n\r\n/).slice(1);
    expect(bodies).toEqual([10, 20, 30, 40].map((start) => content.toString('latin1', start, start + 1)));
  });

  it('goes on when the file is deleted meanwhile', async () => {
    const response = await openStream();
    await rm(join(server.root, 'film.mp4'));
    expect((await buffer(response)).equals(content)).toBe(true);
  });

  it('breaks off when the file is cut short meanwhile, so that nobody takes the part for the whole', async () => {
    const response = await openStream();
    await truncate(join(server.root, 'film.mp4'), 40 * 1024 * 1024);
    await expect(buffer(response)).rejects.toThrow('aborted');
    expect(server.logged).toMatchObject([{ level: 40, err: { code: 'FILE_SHRANK' }, msg: 'a stream broke off' }]);
  });

  it('breaks off when the source ends too early or fails', async () => {
    for (const stream of [() => Readable.from([Buffer.alloc(10)]), () => failAfter(Buffer.alloc(10))]) {
      const failing = await startMediaServer({
        async openSource() {
          const facts = { sizeBytes: 100, modifiedAt: new Date(0), contentType: 'a/b', etag: '"x"' };
          return { ...facts, open: stream, close: () => Promise.resolve() };
        },
      });
      failing.addItem('a');
      const response = await fetch(`${failing.url}/media/a/stream`);
      expect(response.headers.get('content-length')).toBe('100');
      await expect(response.arrayBuffer()).rejects.toThrow('terminated');
      await expect.poll(() => failing.logged).toMatchObject([{ level: 40, msg: 'a stream broke off' }]);
      await failing.close();
    }
  });

  /** Answered, and not read any further. */
  async function openStream(): Promise<IncomingMessage> {
    const [response] = (await once(get(`${server.url}/media/film.mp4/stream`, { agent: false }), 'response')) as [
      IncomingMessage,
    ];
    return response;
  }

  async function connectAndSend(text: string): Promise<Socket> {
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(text);
    return socket;
  }
});

function failAfter(chunk: Buffer): Readable {
  return Readable.from(
    (async function* fail() {
      yield chunk;
      await setTimeout(10);
      throw new Error('the disk is on fire');
    })(),
  );
}
