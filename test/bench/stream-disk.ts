// How fast the byte routes send a file from the disk, against nginx, or a bare `createReadStream` where there is none.
// Run: npx tsx test/bench/stream-disk.ts   (Linux, curl)
import { execFileSync, fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fastify } from 'fastify';
import { openDiskSource } from '../../src/delivery/disk-source.ts';
import { mediaRoutes } from '../../src/http/media-routes.ts';

const fileBytes = 1024 ** 3;
const rounds = 9;
const oneMebibyte = ['-r', '500000000-501048575'];
/** What curl asks for; `[1-400]` sends so many requests. Short ranges are bound by the requests, not by the bytes. */
const loads = [
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
  try {
    for (let written = 0; written < fileBytes; written += 2 ** 24) {
      writeFileSync(join(folder, 'film.mp4'), Buffer.alloc(2 ** 24, written / 2 ** 24), { flag: 'a' });
    }
    const ours = `http://127.0.0.1:${await startNode('ours', folder, children)}/media/film.mp4/stream`;
    const peers = hasNginx()
      ? {
          'nginx (sendfile)': await startNginx('on', folder, children),
          nginx: await startNginx('off', folder, children),
        }
      : { createReadStream: await startNode('bare', folder, children) };
    for (const load of loads) {
      for (const [peer, port] of Object.entries(peers)) {
        const ratio = measure(load, ours, `http://127.0.0.1:${port}/film.mp4`, peer);
        if (ratio < load.limit) process.exitCode = 1;
      }
    }
    const pid = children[0]?.pid;
    console.log(execFileSync('grep', ['VmHWM', `/proc/${pid}/status`], { encoding: 'utf8' }).trim());
  } finally {
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(children.map((child) => once(child, 'exit')));
    rmSync(folder, { recursive: true });
  }
}

function measure(load: (typeof loads)[number], ours: string, theirs: string, peer: string): number {
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.theirs.push(download(theirs + load.query, load.curl));
    times.ours.push(download(ours + load.query, load.curl));
  }
  const [oursMs, theirsMs] = [median(times.ours), median(times.theirs)];
  const ratio = theirsMs / oursMs;
  const rate = (ms: number) => `${(load.bytes / 2 ** 20 / (ms / 1000)).toFixed(0)} MiB/s`;
  console.log(
    `${load.name}: ours ${rate(oursMs)} / ${peer} ${rate(theirsMs)} = ${ratio.toFixed(2)} (limit ${load.limit})`,
  );
  return ratio;
}

function download(url: string, options: string[]): number {
  const start = performance.now();
  execFileSync('curl', ['-sSf', '-o', '/dev/null', ...options, url]);
  return performance.now() - start;
}

async function serveOurs(folder: string): Promise<void> {
  const app = fastify();
  const file = {
    rootPath: folder,
    copypartyPath: '/',
    relativePath: 'film.mp4',
    filename: 'film.mp4',
    mimeType: 'video/mp4',
    status: 'AVAILABLE',
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

async function startNode(name: string, folder: string, children: ChildProcess[]): Promise<number> {
  const child = fork(fileURLToPath(import.meta.url), [name, folder]);
  children.push(child);
  const [port] = (await once(child, 'message')) as [number];
  return port;
}

async function startNginx(sendfile: 'on' | 'off', folder: string, children: ChildProcess[]): Promise<number> {
  const port = await findFreePort();
  const config = join(folder, `nginx-${sendfile}.conf`);
  writeFileSync(
    config,
    `daemon off; worker_processes 1; pid ${folder}/${sendfile}.pid; error_log stderr; ${process.getuid?.() === 0 ? 'user root;' : ''}
     events {}
     http { access_log off; sendfile ${sendfile}; tcp_nopush on; keepalive_requests 100000;
            server { listen 127.0.0.1:${port}; root ${folder}; } }`,
  );
  children.push(spawn('nginx', ['-p', folder, '-c', config], { stdio: 'inherit' }));
  execFileSync('curl', [
    '-s',
    '-o',
    '/dev/null',
    '--retry',
    '50',
    '--retry-delay',
    '1',
    '--retry-connrefused',
    '-I',
    `http://127.0.0.1:${port}/`,
  ]);
  return port;
}

async function findFreePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function hasNginx(): boolean {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not on PATH.
    return false;
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
