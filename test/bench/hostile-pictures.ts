// What six pictures that never come to their end do to everybody else. They are asked for as thumbnails, posters and
// proxies, and uploaded, while one client streams a file of 1 GiB and another asks for 20 ranges of it a second: both go
// on at no less than 0.8 of their speed without the pictures. Then SIGTERM, while all that is under way: the process ends
// within its grace of 10 s. Before that, memory comes back to where it was.
//   npm run build && npx tsx test/bench/hostile-pictures.ts [SECONDS] [MAIN]
// A second MAIN, such as ../other/dist/main.js, measures another build. It needs Linux and 3 GiB of room.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { drawingOfFilters, drawingOfShapes, jpegOfScans } from '../support/hostile-pictures.ts';

const seconds = Number(process.argv[2] ?? 20);
const main = resolve(process.argv[3] ?? fileURLToPath(new URL('../../dist/main.js', import.meta.url)));
const filmBytes = 2 ** 30;
const rangeBytes = 2 ** 18;
const rangesPerSecond = 20;
const six = Array.from({ length: 6 }, (_, index) => index);

/** By the folder: pictures that are known by their looks, and some that are not and have to be killed. */
const kinds: Record<string, (index: number, note: string) => [name: string, bytes: string | Buffer]> = {
  'scans without end': (index, note) => [`scans${index}.jpg`, jpegOfScans({ side: 10_000, scans: 60_000, note })],
  'filters without end': (index, note) => [`filters${index}.svg`, `${drawingOfFilters(60)}<!-- ${note} -->`],
  'shapes without end': (index, note) => [`shapes${index}.svg`, `${drawingOfShapes()}<!-- ${note} -->`],
};

/** What is uploaded is made before anything is measured; no two of them are alike. */
const uploads = Object.fromEntries(
  Object.entries(kinds).map(([kind, make]) => [
    kind,
    [1, 2].flatMap((time) => six.map((index) => make(index, `uploaded ${time}.${index}`))),
  ]),
);

const folder = mkdtempSync(join(tmpdir(), 'bench-hostile-'));
try {
  writeLibrary();
  // Else the first upload that is flushed would wait for all of it.
  execFileSync('sync');
  for (const kind of Object.keys(kinds)) await measureKind(kind);
} finally {
  rmSync(folder, { recursive: true });
}

function writeLibrary(): void {
  mkdirSync(join(folder, 'movies'));
  for (let at = 0; at < filmBytes; at += 2 ** 24)
    writeFileSync(join(folder, 'movies/film.mp4'), Buffer.alloc(2 ** 24, at / 2 ** 24), { flag: 'a' });
  const categories = [`{key: movies, label: Movies, default: true, media_type: video, root_path: ${folder}/movies}`];
  for (const [index, [kind, make]] of Object.entries(kinds).entries()) {
    const root = join(folder, `k${index}`);
    mkdirSync(root);
    for (const number of six) {
      const [name, bytes] = make(number, `catalogued ${number}`);
      writeFileSync(join(root, name), bytes);
    }
    categories.push(
      `{key: k${index}, label: ${kind}, media_type: image, root_path: ${root}, include_patterns: ['**/*.jpg', '**/*.svg']}`,
    );
  }
  writeFileSync(
    join(folder, 'config.yml'),
    `version: 2\ncategories:\n${categories.map((one) => `  - ${one}\n`).join('')}`,
  );
}

async function measureKind(kind: string): Promise<void> {
  const key = `k${Object.keys(kinds).indexOf(kind)}`;
  const { url, child, ended } = await startService(key);
  try {
    const { film, pictures } = await findMedia(url, key);
    await useBytes(url + film, 2);
    const idleMb = residentMb(child.pid ?? 0);
    const [quiet, hostile] = [await useBytes(url + film, seconds), askForAll(url, key, pictures, kind)];
    const beside = await useBytes(url + film, seconds);
    report(`${kind}: stream, of its speed without them`, beside.streamMb / quiet.streamMb, 'at least', 0.8);
    report(`${kind}: ranges, of their number without them`, beside.ranges / quiet.ranges, 'at least', 0.8);
    console.log(
      `       a range took ${quiet.rangeMs.toFixed(0)} ms, and ${beside.rangeMs.toFixed(0)} ms beside them (median); ` +
        `${hostile.answered()} of ${hostile.asked} requests for pictures were answered meanwhile`,
    );
    if (kind === Object.keys(kinds)[0]) {
      await hostile.all;
      const after = await settledMb(child.pid ?? 0, idleMb * 1.25);
      report(`${kind}: memory afterwards, of that before`, after / idleMb, 'at most', 1.25);
      askForAll(url, key, pictures, kind);
      await pause(2_000);
    }
    const stoppedAt = performance.now();
    child.kill('SIGTERM');
    const code = await Promise.race([ended, pause(60_000).then(() => 'nothing within 60 s')]);
    report(`${kind}: seconds from SIGTERM to the end (${code})`, (performance.now() - stoppedAt) / 1000, 'at most', 11);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

async function startService(key: string) {
  const port = await freePort();
  const child = spawn(process.execPath, [main, 'serve'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      MEDIA_CONFIG: join(folder, 'config.yml'),
      DATA_DIR: join(folder, `data-${key}`),
      LOG_LEVEL: 'info',
      MALLOC_ARENA_MAX: '2',
      ...(process.env.UV_THREADPOOL_SIZE !== undefined && { UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => String(code ?? signal));
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  while (!printed.includes('scan at the start has ended')) {
    if (child.exitCode !== null) throw new Error(printed);
    await pause(100);
  }
  return { url: `http://127.0.0.1:${port}`, child, ended };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

interface Listed {
  id: string;
  streamUrl: string;
  posterUrl: string;
  thumbnailUrl: string;
  category: { key: string };
}

async function findMedia(url: string, key: string) {
  const query = '{ media(first: 50) { edges { node { id streamUrl posterUrl thumbnailUrl category { key } } } } }';
  const { data } = (await ask(url, query)) as { data: { media: { edges: { node: Listed }[] } } };
  const items = data.media.edges.map(({ node }) => node);
  const film = items.find(({ category }) => category.key === 'movies');
  const pictures = items.filter(({ category }) => category.key === key);
  if (film === undefined || pictures.length !== six.length) throw new Error('the scan has not found the files');
  return { film: film.streamUrl, pictures };
}

async function ask(url: string, query: string, variables = {}): Promise<unknown> {
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return response.json();
}

/** One client streams, another asks for ranges, for so long. */
async function useBytes(film: string, forSeconds: number) {
  const end = performance.now() + forSeconds * 1000;
  let streamed = 0;
  const times: number[] = [];
  const stream = async () => {
    while (performance.now() < end) streamed += await receive(film, {}, end);
  };
  const range = async () => {
    const start = Math.floor(Math.random() * (filmBytes - rangeBytes));
    const startedAt = performance.now();
    const bytes = await receive(film, { range: `bytes=${start}-${start + rangeBytes - 1}` }, end);
    if (bytes === rangeBytes) times.push(performance.now() - startedAt);
  };
  const ranges = async () => {
    while (performance.now() < end) {
      void range();
      await pause(1000 / rangesPerSecond);
    }
  };
  await Promise.all([stream(), ranges()]);
  const rangeMs = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  return { streamMb: streamed / 2 ** 20, ranges: times.length, rangeMs };
}

/** Gives how many bytes came before the time `end`. */
function receive(url: string, headers: Record<string, string>, end: number): Promise<number> {
  return new Promise((resolve) => {
    let received = 0;
    const request = get(url, { headers, agent: false }, (response) => {
      response.on('data', (chunk: Buffer) => (received += chunk.length));
      response.on('close', () => resolve(received));
    });
    request.on('error', () => resolve(received));
    request.on('close', () => resolve(received));
    const left = setTimeout(() => request.destroy(), Math.max(0, end - performance.now()));
    request.on('close', () => clearTimeout(left));
  });
}

function askForAll(url: string, key: string, pictures: Listed[], kind: string) {
  const proxy = 'mutation ($id: ID!) { createImageProxy(input: { mediaId: $id }) { __typename } }';
  let answered = 0;
  const requests = [
    ...pictures.flatMap(({ thumbnailUrl, posterUrl }) => [thumbnailUrl, posterUrl].map((path) => fetch(url + path))),
    ...pictures.map(({ id }) => ask(url, proxy, { id })),
    ...(uploads[kind]?.splice(0, six.length) ?? []).map((file) => upload(url, key, ...file)),
  ];
  const all = Promise.allSettled(requests.map((request) => request.then(() => (answered += 1))));
  return { all, asked: requests.length, answered: () => answered };
}

async function upload(url: string, category: string, name: string, bytes: string | Buffer): Promise<unknown> {
  const query = 'mutation ($input: UploadMediaInput!) { uploadMedia(input: $input) { __typename } }';
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables: { input: { file: null, category } } }));
  form.set('map', '{"file":["variables.input.file"]}');
  form.set('file', new Blob([new Uint8Array(Buffer.from(bytes))]), name);
  const headers = { 'apollo-require-preflight': 'true' };
  return (await fetch(`${url}/graphql`, { method: 'POST', body: form, headers })).json();
}

/** Waits until the memory is that small, or does not become so within a minute and a half. */
async function settledMb(pid: number, goal: number): Promise<number> {
  for (let waited = 0; waited < 90 && residentMb(pid) > goal; waited += 1) await pause(1_000);
  return residentMb(pid);
}

/** Of the process and all that it started. */
function residentMb(pid: number): number {
  const own = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  const children = readdirSync(`/proc/${pid}/task`).flatMap((id) =>
    readFileSync(`/proc/${pid}/task/${id}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return children.reduce((sum, child) => sum + residentMb(child), own);
}

function report(what: string, value: number, relation: 'at least' | 'at most', limit: number): void {
  const isMet = relation === 'at least' ? value >= limit : value <= limit;
  console.log(`${isMet ? 'ok    ' : 'MISSED'} ${what}: ${value.toFixed(2)}, ${relation} ${limit}`);
  if (!isMet) process.exitCode = 1;
}
