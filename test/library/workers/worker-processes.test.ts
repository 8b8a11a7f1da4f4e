import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createWorkerProcesses } from '../../../src/library/workers/worker-processes.ts';
import { plainPicture } from '../delivery/posters/poster-library.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const memoryLimitBytes = 3 * 2 ** 30;

// The kernel's list of processes is Linux's.
describe.runIf(process.platform === 'linux')('processes of workers', () => {
  it('start with the first task, serve the next one too, and end when there is none', async () => {
    const processes = createWorkerProcesses({
      filename: here('./stubborn-worker.mjs'),
      memoryLimitBytes,
      idleTimeoutMs: 1,
    });
    onTestFinished(() => processes.close());
    const request = { name: 'renderPicture', input: { ...(await goodPicture()), longestSide: 100, maxPixels: 1e6 } };
    const { signal } = new AbortController();
    expect(await workersOf(process.pid)).toEqual([]);
    expect(await processes.run(request, { signal })).toMatchObject({ ok: true, output: { ok: true } });
    await expect.poll(() => workersOf(process.pid)).toEqual([]);
    expect(await processes.run(request, { signal })).toMatchObject({ ok: true, output: { ok: true } });
  });

  it('have a low priority, a limit of memory, and are the first that a machine without memory ends', async () => {
    const { worker } = await startHangingPool();
    const [status, limits, score] = await Promise.all(
      ['stat', 'limits', 'oom_score_adj'].map((name) => readFile(`/proc/${worker}/${name}`, 'utf8')),
    );
    expect(status?.split(') ')[1]?.split(' ')[16]).toBe('10');
    expect(limits).toMatch(/^Max data size +\d+/m);
    expect(score).toBe('1000\n');
  });

  it('end with the one that started them, however that ends', async () => {
    const { parent, worker } = await startHangingPool();
    parent.kill('SIGKILL');
    await expect.poll(() => isRunning(worker)).toBe(false);
  });

  it('do not keep the one that started them, once it has closed its pool', async () => {
    const { parent, worker } = await startHangingPool();
    parent.send('close');
    expect(await once(parent, 'exit')).toEqual([0, null]);
    await expect.poll(() => isRunning(worker)).toBe(false);
  });

  it('outlive the signals by which Ctrl-C and systemd end all processes: their parent decides', async () => {
    const { parent, worker } = await startHangingPool();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(worker, signal);
    parent.send('close');
    expect(await once(parent, 'exit')).toEqual([0, null]);
  });
});

async function goodPicture() {
  const rootPath = await temporaryFolder();
  await writeFile(join(rootPath, 'good.jpg'), await plainPicture('red'));
  return { source: { kind: 'file', rootPath, relativePath: 'good.jpg', isTolerant: false } };
}

/** Starts a process whose pool has one task, which hangs in native code: eight threads of it are at work. */
async function startHangingPool(): Promise<{ parent: ChildProcess; worker: number }> {
  const parent = fork(here('./hanging-pool.mjs'), { execArgv: [] });
  onTestFinished(() => void parent.kill('SIGKILL'));
  // What was seen counts: for a moment, while the shell becomes the worker, the system knows no command of it.
  let worker = 0;
  await expect.poll(async () => ([worker = 0] = await workersOf(parent.pid ?? 0)).length).toBe(1);
  await expect.poll(() => secondsOfCpu(worker)).toBeGreaterThan(0.5);
  return { parent, worker };
}

async function workersOf(parent: number): Promise<number[]> {
  const threads = await readdir(`/proc/${parent}/task`);
  const lists = await Promise.all(
    threads.map((id) => readFile(`/proc/${parent}/task/${id}/children`, 'utf8').catch(() => '')),
  );
  const children = lists.flatMap((list) => list.split(' ').filter((id) => id !== ''));
  const commands = await Promise.all(children.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return children.filter((_id, index) => commands[index]?.includes('stubborn-worker')).map(Number);
}

async function isRunning(id: number): Promise<boolean> {
  const status = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => null);
  return status !== null && !status.includes(') Z ');
}

async function secondsOfCpu(id: number): Promise<number> {
  const fields = (await readFile(`/proc/${id}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) / 100;
}
