// How fast the byte routes send a file from the disk, against nginx, or a bare `createReadStream` where there is none.
// Run: npx tsx test/bench/stream-disk.ts   (Linux, curl)
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fastify } from 'fastify';
import { openDiskSource } from '../../src/library/delivery/disk-source.ts';
import { mediaRoutes } from '../../src/service/http/routes/media-routes.ts';
import {
  endChildren,
  hasNginx,
  measure,
  printPeakMemory,
  startNginx,
  startRole,
  type Load,
} from './compare-streams.ts';

const fileBytes = 1024 ** 3;
const oneMebibyte = ['-r', '500000000-501048575'];
/** What curl asks for; `[1-400]` sends so many requests. Short ranges are bound by the requests, not by the bytes. */
const loads: Load[] = [
  { name: 'one file of 1 GiB', query: '', curl: [], bytes: fileBytes, limit: 0.9 },
  { name: '400 ranges of 1 MiB', query: '?[1-400]', curl: oneMebibyte, bytes: 400 * 2 ** 20, limit: 0.4 },
  {
    name: '400 ranges of 1 MiB, 4 at once',
    query: '?[1-400]',
    curl: [...oneMebibyte, '-Z', '--parallel-max', '4'],
    bytes: 400 * 2 ** 20,
    limit: 0.4,
  },
];

const [role, servedFolder] = process.argv.slice(2);
if (role === 'ours' && servedFolder) await serveOurs(servedFolder);
else if (role === 'bare' && servedFolder) await serveBare(servedFolder);
else await compare();

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stream-bench-'));
  const children: ChildProcess[] = [];
  const thisFile = fileURLToPath(import.meta.url);
  try {
    for (let written = 0; written < fileBytes; written += 2 ** 24) {
      writeFileSync(join(folder, 'film.mp4'), Buffer.alloc(2 ** 24, written / 2 ** 24), { flag: 'a' });
    }
    const ours = await startRole(thisFile, ['ours', folder], children);
    const [server] = children;
    const peers = hasNginx()
      ? {
          'nginx (sendfile)': await startNginx(folder, nginxOf(folder, 'on'), children),
          nginx: await startNginx(folder, nginxOf(folder, 'off'), children),
        }
      : { createReadStream: await startRole(thisFile, ['bare', folder], children) };
    for (const load of loads) {
      for (const [peer, port] of Object.entries(peers)) {
        const theirs = `http://127.0.0.1:${port}/film.mp4`;
        const ratio = measure(load, `http://127.0.0.1:${ours}/media/film.mp4/stream`, theirs, peer);
        if (ratio < load.limit) process.exitCode = 1;
      }
    }
    if (server) printPeakMemory(server);
  } finally {
    await endChildren(children);
    rmSync(folder, { recursive: true });
  }
}

function nginxOf(folder: string, sendfile: 'on' | 'off') {
  return { name: sendfile, http: `sendfile ${sendfile}; tcp_nopush on;`, server: `root ${folder};` };
}

async function serveOurs(folder: string): Promise<void> {
  const app = fastify();
  const file = {
    category: 'films',
    rootPath: folder,
    copypartyPath: '/',
    relativePath: 'film.mp4',
    filename: 'film.mp4',
    mimeType: 'video/mp4',
    status: 'AVAILABLE' as const,
  };
  await app.register(mediaRoutes({ findFile: async () => file, openSource: openDiskSource, log: app.log }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  process.send?.((app.server.address() as AddressInfo).port);
}

async function serveBare(folder: string): Promise<void> {
  const path = join(folder, 'film.mp4');
  const server = createServer((request, response) => {
    const [, start = 0, end = statSync(path).size - 1] =
      /(\d+)-(\d+)/.exec(request.headers.range ?? '')?.map(Number) ?? [];
    response.writeHead(request.headers.range ? 206 : 200, { 'content-length': end - start + 1 });
    createReadStream(path, { start, end }).pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.((server.address() as AddressInfo).port);
}
