import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { releaseConnection } from '../../../../src/service/http/sending/release-connection.ts';

const lingerMs = 50;

// The clock stands still but where a test moves it: a machine that is slow brings nothing too late.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Answers a POST before its body has come, as a refusal does, and a GET long after the first connection was let go. */
async function startServer() {
  const events = new EventEmitter();
  const released = once(events, 'released');
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      vi.advanceTimersByTime(4 * lingerMs);
      response.end('second');
      return;
    }
    releaseConnection(request, response, lingerMs);
    response.once('finish', () => events.emit('released'));
    // As whoever reads a body does that has enough of it for now.
    request.on('data', () => request.pause());
    request.once('data', () => response.writeHead(413).end('first'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n');
  return { socket, answers: text(socket).catch(String), released };
}

it('a connection that has brought the rest of a refused body goes on to carry requests', async () => {
  const { socket, answers } = await startServer();
  socket.write('x'.repeat(300_000));
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect((await answers).match(/first|second/g)).toEqual(['first', 'second']);
});

it('a connection that never brings the rest is ended', async () => {
  const { socket, answers, released } = await startServer();
  socket.write('x');
  await released;
  vi.advanceTimersByTime(lingerMs);
  expect(await answers).toContain('first');
});
