// How much memory 200 clients cost that read a large file slowly, as paused players do, from the disk and from copyparty.
// Run, with a copyparty that serves the folder $COPYPARTY_TEST_ROOT/movies as /movies:
//   COPYPARTY_TEST_URL=http://127.0.0.1:3923 COPYPARTY_TEST_PASSWORD=… COPYPARTY_TEST_ROOT=… npx tsx test/bench/slow-clients.ts
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fastify } from 'fastify';
import { createCopypartySources } from '../../src/library/copyparty/copyparty-source.ts';
import { createCopyparty } from '../../src/library/copyparty/copyparty.ts';
import { openDiskSource } from '../../src/library/delivery/disk-source.ts';
import { mediaRoutes } from '../../src/service/http/routes/media-routes.ts';

const clients = 200;
const limitMb = 100;
const fileBytes = 64 * 1024 * 1024;
const filename = `slow-${process.ppid}.mp4`;

const { COPYPARTY_TEST_URL: url, COPYPARTY_TEST_PASSWORD: password = '', COPYPARTY_TEST_ROOT: root } = process.env;
if (url === undefined || root === undefined) throw new Error('set COPYPARTY_TEST_URL and COPYPARTY_TEST_ROOT');
const [origin, servedFile] = process.argv.slice(2);
if (origin && servedFile) await serve(origin, servedFile, url, root);
else await compare(join(root, 'movies', filename));

async function compare(path: string): Promise<void> {
  writeFileSync(path, Buffer.alloc(fileBytes, 'x'));
  try {
    for (const from of ['disk', 'copyparty']) {
      const server = fork(fileURLToPath(import.meta.url), [from, filename]);
      const [port] = (await once(server, 'message')) as [number];
      const mb = await measure(server, port);
      console.log(`${clients} slow clients, bytes from ${from}: ${mb.toFixed(0)} MB over idle (limit ${limitMb})`);
      if (mb > limitMb) process.exitCode = 1;
      server.kill();
      await once(server, 'exit');
    }
  } finally {
    rmSync(path);
  }
}

/** The most that the server held while its clients took 80 KiB a second each, beyond what it held before. */
async function measure(server: ChildProcess, port: number): Promise<number> {
  await warmUp(port);
  const idle = residentMb(server);
  const sockets = Array.from({ length: clients }, () => openStream(port));
  const reading = setInterval(() => {
    for (const socket of sockets) socket.read(16_384);
  }, 200);
  let most = 0;
  for (let look = 0; look < 40; look += 1) {
    await setTimeout(250);
    most = Math.max(most, residentMb(server));
  }
  clearInterval(reading);
  if (!sockets.every(({ bytesRead }) => bytesRead > 100_000)) throw new Error('not every client was served');
  for (const socket of sockets) socket.destroy();
  return most - idle;
}

/** So that what the first requests cost, such as compiled code, is not taken for the clients' share. */
async function warmUp(port: number): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await (await fetch(`http://127.0.0.1:${port}/media/film/stream`)).arrayBuffer();
  }
  await setTimeout(1_000);
}

function openStream(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined).pause();
  socket.write('GET /media/film/stream HTTP/1.1\r\nhost: x\r\n\r\n');
  return socket;
}

function residentMb({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

async function serve(from: string, relativePath: string, upstream: string, folder: string): Promise<void> {
  const app = fastify();
  const timeouts = { connectMs: 3_000, firstByteMs: 30_000, stallMs: 30_000 };
  const copyparty = createCopyparty({ url: upstream, password, timeouts, log: app.log });
  const file = {
    category: 'films',
    rootPath: join(folder, 'movies'),
    copypartyPath: '/movies',
    relativePath,
    filename: 'film.mp4',
    mimeType: 'video/mp4',
    status: 'AVAILABLE' as const,
  };
  const openSource = from === 'disk' ? openDiskSource : createCopypartySources(copyparty).open;
  await app.register(mediaRoutes({ findFile: async () => file, openSource, log: app.log }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  process.send?.((app.server.address() as AddressInfo).port);
}
