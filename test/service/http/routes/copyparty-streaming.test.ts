import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createCopypartySources } from '../../../../src/library/copyparty/copyparty-source.ts';
import { startFakeCopyparty, type FakeCopyparty } from '../../../support/fake-copyparty.ts';
import { startMediaServer, type MediaServer } from '../../../support/media-server.ts';
import { openCopyparty } from '../../../support/open-copyparty.ts';

// More than the kernel's buffers of two loopback connections take.
const content = randomBytes(48 * 1024 * 1024);

let fake: FakeCopyparty;
let server: MediaServer;

beforeEach(async () => {
  fake = await startFakeCopyparty();
  fake.addFile('/films/film.mp4', content);
  server = await startInFront();
});

async function startInFront(stallMs = 500): Promise<MediaServer> {
  const copyparty = openCopyparty(fake.url, { timeouts: { connectMs: 500, firstByteMs: 500, stallMs } });
  const started = await startMediaServer({ openSource: createCopypartySources(copyparty).open });
  onTestFinished(() => started.close());
  started.addItem('film.mp4');
  return started;
}

/** Answered, and not read any further. */
async function openStream(): Promise<IncomingMessage> {
  const [response] = (await once(get(`${server.url}/media/film.mp4/stream`, { agent: false }), 'response')) as [
    IncomingMessage,
  ];
  return response;
}

describe('a client of the byte routes in front of copyparty', () => {
  it.each(['delete', 'move=/x', 'zip', 'tar', 'pw=secret', 'ls', 'th=wf3', 'raw', 'dl', 'cache=i', 'j&k=x'])(
    'says nothing to copyparty with ?%s',
    async (query) => {
      const response = await fetch(`${server.url}/media/film.mp4/stream?${query}`, { headers: { range: 'bytes=0-3' } });
      expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([206, 4]);
      expect(fake.requests.map(({ method, url }) => [method, url])).toEqual([['GET', '/films/film.mp4']]);
    },
  );

  it('says nothing to copyparty with its headers, nor with a body', async () => {
    const socket = connect(server.port, '127.0.0.1');
    const lines = [
      'GET /media/film.mp4/stream HTTP/1.1',
      'host: evil.example',
      'pw: secret',
      'cookie: cppwd=secret',
      'authorization: Basic c2VjcmV0',
      'origin: https://evil.example',
      'referer: https://evil.example/',
      'user-agent: Mozilla/5.0',
      'x-forwarded-for: 10.0.0.1',
      'accept: text/html',
      'accept-encoding: gzip',
      'if-range: "x"',
      'replace: 1',
      'connection: close, upgrade-insecure-requests',
      'transfer-encoding: chunked',
      '',
      '5',
      'hello',
      '0',
      '',
      '',
    ];
    socket.write(lines.join('\r\n'));
    expect((await buffer(socket)).subarray(0, 15).toString()).toBe('HTTP/1.1 200 OK');
    expect(fake.requests).toEqual([
      {
        method: 'GET',
        url: '/films/film.mp4',
        headers: {
          host: `127.0.0.1:${fake.port}`,
          connection: 'keep-alive',
          'user-agent': 'mediashelf',
          'accept-encoding': 'identity',
          pw: 'secret',
          range: 'bytes=0-',
        },
      },
    ]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'MOVE', 'PROPFIND'])(
    'does not reach copyparty with %s',
    async (method) => {
      const { status } = await fetch(`${server.url}/media/film.mp4/stream`, { method });
      expect(status).toBeOneOf([404, 405]);
      expect(fake.requests).toEqual([]);
    },
  );

  it('sees no header of copyparty', async () => {
    const { headers } = await fetch(`${server.url}/media/film.mp4/stream`, { method: 'HEAD' });
    expect(['set-cookie', 'vary', 'server'].filter((name) => headers.has(name))).toEqual([]);
    expect(JSON.stringify([...headers])).not.toContain('secret');
  });

  it('gets the whole file, however large', async () => {
    expect((await buffer(await openStream())).equals(content)).toBe(true);
    expect(server.logged).toEqual([]);
  });

  it.each(['cuts', 'stalls'] as const)('sees that its body is incomplete where copyparty %s', async (kind) => {
    fake.fault = { kind, afterBytes: 1_000_000 };
    await expect(buffer(await openStream())).rejects.toThrow('aborted');
    expect(server.logged).toMatchObject([{ level: 40, err: { code: 'UPSTREAM_BROKEN' }, msg: 'a stream broke off' }]);
    await expect.poll(() => fake.active).toBe(0);
  });

  it('can go on where it was, once copyparty is there again', async () => {
    const response = await openStream();
    const tag = response.headers.etag ?? '';
    await fake.stop();
    await expect(buffer(response)).rejects.toThrow('aborted');
    await fake.start();
    const headers = { range: 'bytes=1000000-', 'if-range': tag };
    const rest = await fetch(`${server.url}/media/film.mp4/stream`, { headers });
    expect(rest.status).toBe(206);
    expect(Buffer.from(await rest.arrayBuffer()).equals(content.subarray(1_000_000))).toBe(true);
  });

  it('costs copyparty nothing more within a second of leaving, also where five hundred leave at once', async () => {
    const idle = await countDescriptors();
    server = await startInFront(60_000);
    fake.fault = { kind: 'stalls', afterBytes: 100_000 };
    const responses = await Promise.all(Array.from({ length: 500 }, openStream));
    expect(fake.active).toBe(500);
    for (const response of responses) response.destroy();
    // Within a second, on a machine of its own.
    await expect.poll(() => [fake.active, fake.cancelled]).toEqual([0, 500]);
    // Of all four ends of the connections, which this process has; one more is the server's own.
    await expect.poll(countDescriptors).toBeLessThanOrEqual(idle + 1);
    expect(server.logged).toEqual([]);
  }, 30_000);
});

describe('a problem with copyparty', () => {
  it.each([
    ['that does not answer in time', 504, 'UPSTREAM_TIMEOUT', { kind: 'never-answers' }],
    ['that closes connections', 502, 'UPSTREAM_UNREACHABLE', { kind: 'closes-connections', times: Infinity }],
    ['behind a proxy that does not find it', 502, 'UPSTREAM_UNREACHABLE', { kind: 'answers', status: 503 }],
    ['that fails', 502, 'UPSTREAM_BROKEN', { kind: 'answers', status: 500, body: 'Traceback: secret' }],
    ['that refuses', 502, 'UPSTREAM_REFUSED', { kind: 'answers', status: 403, body: 'secret' }],
    ['that answers with a page', 404, 'NOT_A_REGULAR_FILE', { kind: 'answers', status: 200, body: '<html>secret' }],
  ] as const)('%s is told before any byte', async (_, status, code, fault) => {
    fake.fault = { ...fault };
    const response = await fetch(`${server.url}/media/film.mp4/stream`);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ status, code });
    expect([response.status, text.includes('secret'), text.includes(String(fake.port))]).toEqual([
      status,
      false,
      false,
    ]);
    expect(response.headers.has('etag')).toBe(false);
  });

  it('that is not running is told, and nothing of it is kept by a cache', async () => {
    await fake.stop();
    const response = await fetch(`${server.url}/media/film.mp4/stream`);
    expect([response.status, response.headers.get('cache-control')]).toEqual([502, 'no-store']);
    expect(await response.json()).toEqual({
      title: 'Bad Gateway',
      status: 502,
      detail: 'The file server behind this service cannot be reached. Try again in a moment.',
      code: 'UPSTREAM_UNREACHABLE',
    });
  });
});

async function countDescriptors(): Promise<number> {
  return process.platform === 'linux' ? (await readdir('/proc/self/fd')).length : 0;
}
