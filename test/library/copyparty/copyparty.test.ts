import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { discard } from '../../../src/library/copyparty/copyparty.ts';
import { startFakeCopyparty } from '../../support/fake-copyparty.ts';
import { openCopyparty } from '../../support/open-copyparty.ts';

const { signal } = new AbortController();
// More than the kernel's buffers of a loopback connection take.
const large = Buffer.alloc(32 * 1024 * 1024, 'x');

describe('the client of copyparty', () => {
  it('sends its own headers and nothing else', async () => {
    const fake = await startFakeCopyparty();
    fake.addFile('/movies/a.mp4');
    const copyparty = openCopyparty(fake.url, { password: 'sécret' });
    await copyparty.get('/movies/a.mp4', { range: { start: 1, end: null }, signal });
    expect(fake.requests[0]).toEqual({
      method: 'GET',
      url: '/movies/a.mp4',
      headers: {
        host: `127.0.0.1:${fake.port}`,
        connection: 'keep-alive',
        'user-agent': 'mediashelf',
        'accept-encoding': 'identity',
        pw: Buffer.from('sécret').toString('latin1'),
        range: 'bytes=1-',
      },
    });
  });

  it('gives the few headers that are read, and not the one with the password', async () => {
    const fake = await startFakeCopyparty();
    fake.addFile('/movies/a.mp4', 'abc');
    const { status, headers, body } = await openCopyparty(fake.url).get('/movies/a.mp4', { signal });
    expect([status, await text(body)]).toEqual([200, 'abc']);
    expect(headers).toEqual({
      'content-length': '3',
      'content-type': 'video/mp4',
      'last-modified': 'Mon, 06 May 2024 07:08:09 GMT',
      date: expect.any(String) as string,
    });
  });

  it('asks below the path where copyparty stands', async () => {
    const fake = await startFakeCopyparty();
    const copyparty = openCopyparty(`${fake.url}/files/`);
    discard(await copyparty.get('/movies/', { query: { ls: true }, signal }));
    expect(fake.requests[0]?.url).toBe('/files/movies/?ls');
  });

  it('uses a connection again, and asks once more when it was closed under a request', async () => {
    const fake = await startFakeCopyparty();
    fake.addFile('/movies/a.mp4');
    const copyparty = openCopyparty(fake.url);
    for (let round = 0; round < 3; round++) await text((await copyparty.get('/movies/a.mp4', { signal })).body);
    fake.fault = { kind: 'closes-connections', times: 1 };
    expect(await text((await copyparty.get('/movies/a.mp4', { signal })).body)).toBe('/movies/a.mp4');
    expect(fake.requests).toHaveLength(5);
    expect(fake.connections).toBe(2);
  });

  it('fails where nobody listens, and where connections are closed without an answer', async () => {
    const fake = await startFakeCopyparty();
    const copyparty = openCopyparty(fake.url);
    fake.fault = { kind: 'closes-connections', times: Infinity };
    await expect(copyparty.get('/movies/a', { signal })).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
    await fake.stop();
    await expect(copyparty.get('/movies/a', { signal })).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
  });

  it('fails where only a proxy in front of copyparty answers', async () => {
    const fake = await startFakeCopyparty();
    fake.fault = { kind: 'answers', status: 502 };
    const asking = openCopyparty(fake.url).get('/movies/a', { signal });
    await expect(asking).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
  });

  it('fails where something answers that is no HTTP', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n\r\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const asking = openCopyparty(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).get('/a', { signal });
    await expect(asking).rejects.toMatchObject({ code: 'UPSTREAM_BROKEN' });
  });

  it('does not wait for a first byte for ever', async () => {
    const fake = await startFakeCopyparty();
    fake.fault = { kind: 'never-answers' };
    const asking = openCopyparty(fake.url).get('/movies/a', { signal });
    await expect(asking).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    await expect.poll(() => fake.active).toBe(0);
  });

  it.each(['stalls', 'cuts'] as const)('breaks a body that %s', async (kind) => {
    const fake = await startFakeCopyparty();
    fake.addFile('/movies/a.mp4', large);
    fake.fault = { kind, afterBytes: 200_000 };
    const { body } = await openCopyparty(fake.url).get('/movies/a.mp4', { signal });
    let received = 0;
    body.on('data', (chunk: Buffer) => (received += chunk.length));
    await expect(once(body, 'end')).rejects.toMatchObject({ code: 'UPSTREAM_BROKEN' });
    expect(received).toBe(200_000);
  });

  it('waits as long as its reader does', async () => {
    const fake = await startFakeCopyparty();
    fake.addFile('/movies/a.mp4', large);
    const { body } = await openCopyparty(fake.url).get('/movies/a.mp4', { signal });
    await setTimeout(1_500);
    expect((await buffer(body)).equals(large)).toBe(true);
  });

  it('ends a request at once when its signal is aborted, in whatever it is doing', async () => {
    const fake = await startFakeCopyparty();
    fake.addFile('/movies/a.mp4', large);
    const copyparty = openCopyparty(fake.url);
    const reason = new Error('the client left');
    const client = new AbortController();
    const { body } = await copyparty.get('/movies/a.mp4', { signal: client.signal });
    fake.fault = { kind: 'never-answers' };
    const waiting = copyparty.get('/movies/a.mp4', { signal: client.signal });
    await expect.poll(() => fake.active).toBe(2);
    client.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(once(body, 'end')).rejects.toBe(reason);
    await expect.poll(() => [fake.active, fake.cancelled]).toEqual([0, 2]);
    await expect(copyparty.get('/movies/a.mp4', { signal: client.signal })).rejects.toBe(reason);
    expect(fake.requests).toHaveLength(2);
    expect(copyparty.state().isUp).toBe(true);
  });

  it('notices that copyparty goes and comes, without being asked, and says so once', async () => {
    const fake = await startFakeCopyparty();
    fake.addFile('/movies/a.mp4');
    const copyparty = openCopyparty(fake.url);
    await text((await copyparty.get('/movies/a.mp4', { signal })).body);
    await fake.stop();
    await Promise.allSettled(
      Array.from({ length: 20 }, () => copyparty.get('/movies/a.mp4', { signal: new AbortController().signal })),
    );
    expect(copyparty.state().isUp).toBe(false);
    await fake.start();
    await expect.poll(() => copyparty.state().isUp).toBe(true);
    expect(copyparty.logged.map(({ level, msg }) => [level, msg])).toEqual([
      [40, 'copyparty does not answer; it is looked for every 0.05 seconds'],
      [30, 'copyparty answers again'],
    ]);
  });

  it('takes copyparty for down only when a look finds it so, where one answer takes too long', async () => {
    const fake = await startFakeCopyparty();
    fake.fault = { kind: 'never-answers' };
    const copyparty = openCopyparty(fake.url);
    const asking = copyparty.get('/movies/a', { signal });
    await expect(asking).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    fake.fault = null;
    await setTimeout(100);
    expect(copyparty.state().isUp).toBe(true);
    fake.fault = { kind: 'never-answers' };
    await expect(copyparty.get('/movies/a', { signal })).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    await expect.poll(() => copyparty.state().isUp).toBe(false);
  });

  it('does not ask on for what is refused again and again', async () => {
    const fake = await startFakeCopyparty();
    fake.addFile('/movies/a.mp4');
    const copyparty = openCopyparty(fake.url, { password: 'wrong' });
    for (let file = 0; file < 12; file++) {
      await copyparty.get(`/movies/${file}`, { signal }).then(discard, () => undefined);
    }
    expect(fake.requests).toHaveLength(5);
  });
});
