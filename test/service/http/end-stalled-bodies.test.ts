import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startTestService } from '../../support/test-service.ts';
import { filePart, makeVideo, map, multipartBody, operations, leftIn } from '../../support/upload.ts';

async function connect(url: string, bytes: number): Promise<Socket> {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ${bytes}\r\n\r\n`,
  );
  return socket;
}

it('ends an upload that sends nothing any more, and keeps nothing of it', async () => {
  const service = await startTestService({ environment: { UPLOAD_STALL_TIMEOUT_MS: '300' } });
  const body = multipartBody([operations(), map, filePart('file', 'a.mp4', await makeVideo(100_000))]);
  const socket = await connect(service.url, body.length);
  socket.write(body.subarray(0, 50_000));
  expect(await text(socket)).toContain('408 Request Timeout');
  await expect.poll(() => leftIn(service.incomingDir)).toEqual([]);
  expect(await readdir(service.category('movies').rootPath)).toEqual([]);
});

it('takes an upload that is slow and steady, for twice as long', async () => {
  const service = await startTestService({ environment: { UPLOAD_STALL_TIMEOUT_MS: '1500' } });
  const body = multipartBody([operations(), map, filePart('file', 'a.mp4', await makeVideo())]);
  const socket = await connect(service.url, body.length);
  const answer = text(socket);
  const step = Math.ceil(body.length / 20);
  for (let start = 0; start < body.length; start += step) {
    socket.write(body.subarray(start, start + step));
    await sleep(150);
  }
  expect(await answer).toContain('"filename":"a.mp4"');
});

it('ends an operation that never comes', async () => {
  const service = await startTestService({ environment: { UPLOAD_STALL_TIMEOUT_MS: '300' } });
  const socket = createConnection(Number(new URL(service.url).port), '127.0.0.1');
  socket.write(
    'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{',
  );
  expect(await text(socket)).toContain('408 Request Timeout');
});
