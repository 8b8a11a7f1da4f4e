import { once } from 'node:events';
import { truncate, writeFile } from 'node:fs/promises';
import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { prepareToEndConnections } from '../../../src/service/http/end-connections.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const sizeBytes = 64 * 1024 * 1024;

it('lets a response that is under way finish before the service ends', async () => {
  const { app, response } = await startDownload();
  const closed = app.close(10_000);
  await setTimeout(100);
  let received = 0;
  for await (const chunk of response) received += (chunk as Buffer).length;
  expect(received).toBe(sizeBytes);
  await closed;
});

it('ends a response that takes too long, and the client sees that it is incomplete', async () => {
  const { app, response } = await startDownload();
  const startedAt = performance.now();
  await app.close(300);
  expect(performance.now() - startedAt).toBeLessThan(60_000);
  const received = new Promise((resolve, reject) => response.on('end', resolve).on('error', reject).resume());
  await expect(received).rejects.toThrow('aborted');
});

it('ends with its last response, although the client would keep the connection', async () => {
  const agent = new Agent({ keepAlive: true });
  const { app, response } = await startDownload(agent);
  const startedAt = performance.now();
  const closed = app.close(100_000);
  response.resume();
  await once(response, 'end');
  await closed;
  // A connection that kept it would do so for all of the grace; what else it waits for takes seconds on a busy machine.
  expect(performance.now() - startedAt).toBeLessThan(50_000);
  agent.destroy();
});

it('lets an answer that was handed over whole reach a slow client', async () => {
  const server = createServer((_request, response) => response.end(Buffer.alloc(sizeBytes)));
  const endConnections = prepareToEndConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent = new Agent({ keepAlive: true });
  const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const idle = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(idle, 'connect');
  endConnections();
  const closed = once(server.close(), 'close');
  await setTimeout(100);
  let received = 0;
  for await (const chunk of response) received += (chunk as Buffer).length;
  expect(received).toBe(sizeBytes);
  // Neither this connection nor the one that has sent nothing keeps it open.
  await closed;
  agent.destroy();
  idle.destroy();
});

/** A client that has the head of a long answer and reads no further. */
async function startDownload(agent?: Agent): Promise<TestService & { response: IncomingMessage }> {
  const service = await startTestService();
  const { app, category, url } = service;
  const [key] = app.mediaConfig.current().categories.map((configured) => configured.key) as [string];
  const extension = category(key).includePatterns[0]?.replace(/^.*\./, '') ?? 'mp4';
  const path = join(category(key).rootPath, `long.${extension}`);
  await writeFile(path, '');
  await truncate(path, sizeBytes);
  const { id } = await app.scanner.start({});
  await app.jobs.waitFor(id);
  const item = await app.database.prisma.mediaItem.findFirstOrThrow();
  const publicId = Buffer.from(`MediaItem:${item.id}`).toString('base64url');
  const request = get(new URL(`/media/${publicId}/stream`, url), { agent });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  return { ...service, response };
}
