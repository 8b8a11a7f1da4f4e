// Hashing against `openssl dgst -sha256`, through the pool as the service does it, in interleaved rounds on a warm cache:
// one large file (limit 1.1 times openssl), two at once against two openssl (0.95), many small files against one openssl
// over all of them (1.7); and what it does to the main loop's p99 delay (at most 1.3 times idle).
//   npx tsx test/bench/hash.ts [GIB] [ROUNDS]
import { spawn } from 'node:child_process';
import { once, setMaxListeners } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHasher } from '../../src/library/hashing/hasher.ts';
import { createWorkerPool } from '../../src/library/workers/worker-pool.ts';

const [gib = '2', rounds = '5'] = process.argv.slice(2);
const smallFiles = 2_000;
const smallBytes = 1024 ** 2;
const { signal } = new AbortController();
setMaxListeners(0, signal); // each task listens
const folder = await mkdtemp(join(process.env.BENCH_DIR ?? tmpdir(), 'bench-hash-'));
const pool = createWorkerPool();
const hasher = createHasher({ pool, roots: () => ({ paths: [folder], setting: 'MODEL_ROOTS' }) });

try {
  const large = [join(folder, 'large-1.bin'), join(folder, 'large-2.bin')];
  for (const path of large) await writeLarge(path, Number(gib) * 1024 ** 3);
  const small = Array.from({ length: smallFiles }, (_, n) => join(folder, `small-${n}.bin`));
  for (const path of small) await writeFile(path, randomBytes(smallBytes));
  const resolved = await Promise.all(small.map((path) => hasher.resolve(path)));
  const first = large[0] as string;

  await compare(
    'one large file',
    1.1,
    () => openssl([first]),
    () => hasher.hash(first, signal),
  );
  await compare(
    'two large files at once',
    0.95,
    () => Promise.all(large.map((path) => openssl([path]))),
    () => Promise.all(large.map((path) => hasher.hash(path, signal))),
  );
  await compare(
    `${smallFiles} files of 1 MiB`,
    1.7,
    () => openssl(small),
    async () => {
      const tasks = [];
      for (let start = 0; start < resolved.length; start += 50) {
        tasks.push(hasher.hashSmall(resolved.slice(start, start + 50), signal));
      }
      return Promise.all(tasks);
    },
  );
  const delays: number[] = [];
  for (let round = 0; round < Number(rounds); round += 1) {
    const idle = await delayDuring(() => sleep(2_000));
    const busy = await delayDuring(() => Promise.all(large.map((path) => hasher.hash(path, signal))));
    delays.push(busy / idle);
  }
  print('main loop delay p99, hashing to idle', delays, 1.3, 'at most');
} finally {
  await pool.close();
  await rm(folder, { recursive: true });
}

/** Prints how many times as fast as its peer the service is. */
async function compare(what: string, limit: number, peer: () => Promise<unknown>, ours: () => Promise<unknown>) {
  await peer();
  await ours();
  const ratios: number[] = [];
  for (let round = 0; round < Number(rounds); round += 1) {
    const [peerMs, oursMs] = round % 2 === 0 ? [await time(peer), await time(ours)] : await reversed(peer, ours);
    ratios.push(peerMs / oursMs);
  }
  print(what, ratios, limit, 'at least');
}

async function reversed(peer: () => Promise<unknown>, ours: () => Promise<unknown>): Promise<[number, number]> {
  const oursMs = await time(ours);
  return [await time(peer), oursMs];
}

/** The median of the rounds counts. */
function print(what: string, ratios: readonly number[], limit: number, kind: 'at least' | 'at most'): void {
  const ratio = median(ratios);
  const detail = ratios.map((each) => each.toFixed(2)).join(' ');
  const isMet = kind === 'at least' ? ratio >= limit : ratio <= limit;
  process.stdout.write(`${isMet ? 'ok  ' : 'MISS'} ${what}: ${ratio.toFixed(2)}, ${kind} ${limit} (${detail})\n`);
}

async function openssl(paths: readonly string[]): Promise<void> {
  const child = spawn('openssl', ['dgst', '-sha256', ...paths], { stdio: ['ignore', 'ignore', 'inherit'] });
  // The priority of the service's own workers: whatever else the machine does takes as much from both.
  if (child.pid !== undefined) setPriority(child.pid, 19);
  await once(child, 'close');
}

async function time(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}

async function delayDuring(act: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await act();
  delay.disable();
  return delay.percentile(99) / 1e6;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

async function writeLarge(path: string, bytes: number): Promise<void> {
  const stream = createWriteStream(path);
  const chunk = randomBytes(8 * 1024 ** 2);
  for (let written = 0; written < bytes; written += chunk.length) {
    if (!stream.write(chunk)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}
