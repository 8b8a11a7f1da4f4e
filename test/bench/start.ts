// npx tsx test/bench/start.ts, after `npm run build`: the memory of an idle service with an empty library, and the work of
// its start, against that of Node alone, which is measured beside it.
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'mediashelf-bench-'));
const configPath = join(work, 'watch_media_dirs.yml');
mkdirSync(join(work, 'photos'));
writeFileSync(
  configPath,
  `version: 2\ncategories: [{key: photos, label: Photos, default: true, media_type: image, root_path: ${join(work, 'photos')}}]\n`,
);

const rounds: { rssBytes: number; readyMs: number; cpuRatio: number }[] = [];
for (let round = 0; round < 5; round++) {
  // The first round makes the database; the others find it, as nearly all starts do.
  const measured = await measureStart();
  console.log(
    `ready after ${measured.readyMs.toFixed(0)} ms, ${measured.cpuRatio.toFixed(1)} times the work of Node alone; idle with ${(measured.rssBytes / 1e6).toFixed(0)} MB`,
  );
  if (round > 0) rounds.push(measured);
}
rmSync(work, { recursive: true });
report('memory of an idle service, MB', median(rounds.map(({ rssBytes }) => rssBytes / 2 ** 20)), 150);
report('work of a start / that of Node alone', median(rounds.map(({ cpuRatio }) => cpuRatio)), 25);
report('start to /health/ready, seconds, on a quiet machine', median(rounds.map(({ readyMs }) => readyMs / 1000)), 0.8);

async function measureStart() {
  const nodeTicks = await ticksOfNode();
  const port = 18_000 + Math.floor(Math.random() * 2000);
  const startedAt = performance.now();
  const child = spawn(process.execPath, [main, 'serve'], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      UV_THREADPOOL_SIZE: '16',
      DATA_DIR: join(work, 'data'),
      LOG_DIR: join(work, 'logs'),
      MEDIA_CONFIG: configPath,
      PORT: String(port),
    },
  });
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null) throw new Error('the service did not start: is it built?');
      await sleep(5);
    }
    const readyMs = performance.now() - startedAt;
    const cpuRatio = ticksOf(child.pid ?? 0) / nodeTicks;
    await sleep(8_000);
    return { readyMs, cpuRatio, rssBytes: rssOf(child.pid ?? 0) };
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await ended;
  }
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
  return answer?.ok ?? false;
}

/** The work of twenty starts of Node with an empty program, divided by twenty: one takes too few ticks to be measured. */
async function ticksOfNode(): Promise<number> {
  const before = ticksOfChildren();
  for (let index = 0; index < 20; index++) {
    await new Promise((resolve) => spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }).once('exit', resolve));
  }
  return (ticksOfChildren() - before) / 20;
}

/** User and system time of a process, in ticks of ten milliseconds (proc(5), fields 14 and 15). */
function ticksOf(pid: number): number {
  const fields = statOf(pid);
  return Number(fields[11]) + Number(fields[12]);
}

/** The same of the children that have ended (fields 16 and 17). */
function ticksOfChildren(): number {
  const fields = statOf(process.pid);
  return Number(fields[13]) + Number(fields[14]);
}

/** The fields behind the name, which may have blanks. */
function statOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
}

function rssOf(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}

function report(what: string, value: number, limit: number): void {
  console.log(`${what}: ${value.toFixed(2)} (at most ${limit}) ${value <= limit ? 'ok' : 'OVER'}`);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
