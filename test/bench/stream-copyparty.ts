// How fast the byte routes pass on what copyparty serves, against nginx as a reverse proxy in front of the same one.
// Run, with a copyparty that serves the folder $COPYPARTY_TEST_ROOT/movies as /movies:
//   COPYPARTY_TEST_URL=http://127.0.0.1:3923 COPYPARTY_TEST_PASSWORD=… COPYPARTY_TEST_ROOT=… npx tsx test/bench/stream-copyparty.ts
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fastify } from 'fastify';
import { createCopyparty } from '../../src/library/copyparty/copyparty.ts';
import { createCopypartySources } from '../../src/library/copyparty/copyparty-source.ts';
import { mediaRoutes } from '../../src/service/http/routes/media-routes.ts';
import { endChildren, measure, printPeakMemory, startNginx, startRole, type Load } from './compare-streams.ts';

const fileBytes = 1024 ** 3;
const oneMebibyte = ['-r', '500000000-501048575'];
const filename = `bench-${process.ppid}.mp4`;
const ranges = { query: '?[1-400]', bytes: 400 * 2 ** 20, limit: 0.75 };
const loads: Load[] = [
  { name: 'one file of 1 GiB', query: '', curl: [], bytes: fileBytes, limit: 0.85 },
  { name: '400 ranges of 1 MiB', ...ranges, curl: oneMebibyte },
  { name: '400 ranges of 1 MiB, 4 at once', ...ranges, curl: [...oneMebibyte, '-Z', '--parallel-max', '4'] },
];

const { COPYPARTY_TEST_URL: url, COPYPARTY_TEST_PASSWORD: password = '', COPYPARTY_TEST_ROOT: root } = process.env;
const [role, servedFile] = process.argv.slice(2);
if (url === undefined || root === undefined) throw new Error('set COPYPARTY_TEST_URL and COPYPARTY_TEST_ROOT');
if (role === 'ours' && servedFile) await serveOurs(url, servedFile);
else await compare(url, join(root, 'movies', filename));

async function compare(upstream: string, path: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stream-bench-'));
  const children: ChildProcess[] = [];
  try {
    for (let written = 0; written < fileBytes; written += 2 ** 24) {
      writeFileSync(path, Buffer.alloc(2 ** 24, written / 2 ** 24), { flag: 'a' });
    }
    const ours = await startRole(fileURLToPath(import.meta.url), ['ours', filename], children);
    const nginx = await startNginx(
      folder,
      {
        name: 'proxy',
        http: `upstream copyparty { server ${new URL(upstream).host}; keepalive 16; }`,
        server: `location / { proxy_pass http://copyparty; proxy_http_version 1.1; proxy_set_header Connection "";
                              proxy_set_header PW "${password}"; }`,
      },
      children,
    );
    for (const load of loads) {
      const theirs = `http://127.0.0.1:${nginx}/movies/${filename}`;
      const ratio = measure(load, `http://127.0.0.1:${ours}/media/film/stream`, theirs, 'nginx proxy_pass');
      if (ratio < load.limit) process.exitCode = 1;
    }
    printPeakMemory(children[0] as ChildProcess);
  } finally {
    await endChildren(children);
    rmSync(path, { force: true });
    rmSync(folder, { recursive: true });
  }
}

async function serveOurs(upstream: string, relativePath: string): Promise<void> {
  const app = fastify();
  const timeouts = { connectMs: 3_000, firstByteMs: 30_000, stallMs: 30_000 };
  const copyparty = createCopyparty({ url: upstream, password, timeouts, log: app.log });
  const file = {
    category: 'films',
    rootPath: '/',
    copypartyPath: '/movies',
    relativePath,
    filename: 'film.mp4',
    mimeType: 'video/mp4',
  };
  await app.register(
    mediaRoutes({
      findFile: async () => ({ ...file, status: 'AVAILABLE' }),
      openSource: createCopypartySources(copyparty).open,
      log: app.log,
    }),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  process.send?.((app.server.address() as AddressInfo).port);
}
