// Uploads over loopback: how fast a large one is, against `cat > file` and `openssl dgst -sha256` one after the other,
// and what a hundred at once do to memory and to the event loop. Run: npx tsx test/bench/upload.ts   (Linux, curl, openssl)
import { execFileSync, fork, spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { openService } from '../../src/service/service.ts';
import { loadSettings } from '../../src/base/config/settings.ts';
import { endChildren } from './compare-streams.ts';

const largeBytes = 2 * 1024 ** 3;
const smallBytes = 10 * 1024 ** 2;
const smallCount = 100;
const rounds = 3;
const limits = { throughput: 0.6, largeMb: 130, smallMb: 250, delayMs: 50 };

interface Measured {
  idleMb: number;
  peakMb: number;
  delayP99Ms: number;
}

const [role, servedFolder] = process.argv.slice(2);
if (role === 'serve' && servedFolder) await serve(servedFolder);
else await compare();

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'upload-bench-'));
  const children: ChildProcess[] = [];
  try {
    mkdirSync(join(folder, 'library'));
    writeFileSync(
      join(folder, 'media.yml'),
      `version: 2\ncategories:\n  - {key: movies, label: Movies, default: true, root_path: ${join(folder, 'library')}}\n`,
    );
    const child = fork(fileURLToPath(import.meta.url), ['serve', folder]);
    children.push(child);
    const [url] = (await once(child, 'message')) as [string];
    await measureLarge(folder, url, child);
    await measureMany(folder, url, child);
  } finally {
    await endChildren(children);
    rmSync(folder, { recursive: true });
  }
}

async function measureLarge(folder: string, url: string, child: ChildProcess): Promise<void> {
  const path = join(folder, 'large.mp4');
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  let worst: Measured | undefined;
  for (let round = 0; round < rounds; round += 1) {
    writeMovie(path, largeBytes);
    const copy = join(folder, 'copy');
    const start = performance.now();
    execFileSync('sh', ['-c', `cat > ${copy} < ${path} && openssl dgst -sha256 ${copy}`], { stdio: 'ignore' });
    times.theirs.push(performance.now() - start);
    rmSync(copy);
    await ask(child, 'start');
    const began = performance.now();
    const answer = execFileSync('curl', curlArguments(url, path), { encoding: 'utf8' });
    times.ours.push(performance.now() - began);
    const measured = await ask(child, 'stop');
    if (!answer.includes(sha256Of(path))) throw new Error(`the answer has another hash: ${answer}`);
    if (worst === undefined || measured.peakMb - measured.idleMb > worst.peakMb - worst.idleMb) worst = measured;
    execFileSync('sh', ['-c', `rm -f ${folder}/library/*`]);
  }
  const [ours, theirs] = [median(times.ours), median(times.theirs)];
  report(`2 GiB: ours ${rate(ours)} / cat + openssl ${rate(theirs)}`, theirs / ours, limits.throughput, 'least');
  report('2 GiB: memory over idle, MB', worst!.peakMb - worst!.idleMb, limits.largeMb, 'most');
}

async function measureMany(folder: string, url: string, child: ChildProcess): Promise<void> {
  const paths = Array.from({ length: smallCount }, (_, n) => join(folder, `small-${n}.mp4`));
  for (const path of paths) writeMovie(path, smallBytes);
  await ask(child, 'start');
  const answers = await Promise.all(paths.map((path) => run('curl', curlArguments(url, path))));
  const measured = await ask(child, 'stop');
  const right = answers.filter((answer, n) => answer.includes(sha256Of(paths[n]!))).length;
  report('100 of 10 MiB at once: right hashes', right, smallCount, 'least');
  report('100 of 10 MiB at once: p99 of the event-loop delay, ms', measured.delayP99Ms, limits.delayMs, 'most');
  report('100 of 10 MiB at once: memory over idle, MB', measured.peakMb - measured.idleMb, limits.smallMb, 'most');
}

function rate(ms: number): string {
  return `${(largeBytes / 2 ** 20 / (ms / 1000)).toFixed(0)} MiB/s`;
}

function report(what: string, value: number, limit: number, bound: 'least' | 'most'): void {
  const isMet = bound === 'least' ? value >= limit : value <= limit;
  console.log(`${what}: ${value.toFixed(2)} (at ${bound} ${limit})${isMet ? '' : '  MISSED'}`);
  if (!isMet) process.exitCode = 1;
}

/** The head of a real film, and noise. */
function writeMovie(path: string, bytes: number): void {
  writeFileSync(path, readFileSync(new URL('../fixtures/probe/upright.mp4', import.meta.url)));
  const noise = randomBytes(2 ** 23);
  for (let written = 0; written < bytes; written += noise.length) {
    noise.writeUInt32LE(written / noise.length);
    writeFileSync(path, noise.subarray(0, Math.min(noise.length, bytes - written)), { flag: 'a' });
  }
}

function sha256Of(path: string): string {
  if (!path.includes('large')) return createHash('sha256').update(readFileSync(path)).digest('hex');
  return execFileSync('openssl', ['dgst', '-sha256', '-r', path], { encoding: 'utf8' }).split(' ')[0]!;
}

function curlArguments(url: string, path: string): string[] {
  const query =
    'mutation ($f: Upload!) { uploadMedia(input: {file: $f}) { ... on MediaItem { sha256 } ... on Error { message } } }';
  const operations = JSON.stringify({ query, variables: { f: null } });
  return ['-sS', url, '-F', `operations=${operations}`, '-F', 'map={"0":["variables.f"]}', '-F', `0=@${path}`];
}

async function run(command: string, options: string[]): Promise<string> {
  const child = spawn(command, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  return output;
}

async function ask(child: ChildProcess, question: 'start' | 'stop'): Promise<Measured> {
  child.send(question);
  const [measured] = (await once(child, 'message')) as [Measured];
  return measured;
}

async function serve(folder: string): Promise<void> {
  const settings = loadSettings({ MEDIA_CONFIG: join(folder, 'media.yml'), NODE_ENV: 'production' }, folder);
  const app = await openService(settings, pino({ level: 'error' }));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let [idle, peak] = [0, 0];
  setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20).unref();
  process.on('message', (question) => {
    if (question === 'start') {
      idle = peak = process.memoryUsage.rss();
      delay.reset();
      delay.enable();
    } else delay.disable();
    process.send?.({
      idleMb: idle / 1e6,
      peakMb: peak / 1e6,
      delayP99Ms: delay.percentile(99) / 1e6,
    } satisfies Measured);
  });
  process.on('SIGTERM', () => void app.close(0).then(() => process.exit()));
  process.send?.(`${await app.http.listen('127.0.0.1', 0)}/graphql`);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
