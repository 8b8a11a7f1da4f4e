import { execFileSync, fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

const rounds = 9;

/** What curl asks for; `[1-400]` in the query sends so many requests. */
export interface Load {
  name: string;
  query: string;
  curl: string[];
  bytes: number;
  /** The least ratio that passes. */
  limit: number;
}

/** Prints how many times as fast as the peer we are, in the median of interleaved rounds. */
export function measure(load: Load, ours: string, theirs: string, peer: string): number {
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

/** The port of this very file, run once more in the role; that tells it by `process.send`. */
export async function startRole(file: string, args: string[], children: ChildProcess[]): Promise<number> {
  const child = fork(file, args);
  children.push(child);
  const [port] = (await once(child, 'message')) as [number];
  return port;
}

/** The port of one nginx worker; `http` and `server` are lines of its configuration. */
export async function startNginx(
  folder: string,
  { name, http = '', server }: { name: string; http?: string; server: string },
  children: ChildProcess[],
): Promise<number> {
  const port = await findFreePort();
  const config = join(folder, `${name}.conf`);
  writeFileSync(
    config,
    `daemon off; worker_processes 1; pid ${folder}/${name}.pid; error_log stderr; ${process.getuid?.() === 0 ? 'user root;' : ''}
     events {}
     http { access_log off; keepalive_requests 100000; ${http} server { listen 127.0.0.1:${port}; ${server} } }`,
  );
  children.push(spawn('nginx', ['-p', folder, '-c', config], { stdio: 'inherit' }));
  const untilItListens = ['--retry', '50', '--retry-delay', '1', '--retry-connrefused'];
  execFileSync('curl', ['-s', '-o', '/dev/null', ...untilItListens, '-I', `http://127.0.0.1:${port}/`]);
  return port;
}

export function hasNginx(): boolean {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not on PATH.
    return false;
  }
}

export async function endChildren(children: readonly ChildProcess[]): Promise<void> {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.filter(({ exitCode }) => exitCode === null).map((child) => once(child, 'exit')));
}

/** The most memory that a process has held so far. */
export function printPeakMemory({ pid }: ChildProcess): void {
  console.log(execFileSync('grep', ['VmHWM', `/proc/${pid}/status`], { encoding: 'utf8' }).trim());
}

function download(url: string, options: string[]): number {
  const start = performance.now();
  // With several at once, curl prints its progress whatever it is told.
  execFileSync('curl', ['-sSf', '-o', '/dev/null', ...options, url], { stdio: 'pipe' });
  return performance.now() - start;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
