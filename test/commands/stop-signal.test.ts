import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { createJobStop } from '../../src/commands/stop-signal.ts';
import { JobFinishedError } from '../../src/library/jobs/job-errors.ts';
import type { Jobs } from '../../src/library/jobs/jobs.ts';

const before = { SIGINT: process.listeners('SIGINT'), SIGTERM: process.listeners('SIGTERM') };

afterEach(() => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    for (const listener of process.listeners(signal)) {
      if (!before[signal].includes(listener)) process.removeListener(signal, listener);
    }
  }
});

/** Notes what is cancelled. */
function jobsThat(cancel: () => void = () => undefined): Pick<Jobs, 'cancel'> & { cancelled: string[] } {
  const cancelled: string[] = [];
  return {
    cancelled,
    async cancel(id) {
      cancelled.push(id);
      cancel();
      return null as never;
    },
  };
}

it('a Ctrl-C cancels the job that was started', async () => {
  const jobs = jobsThat();
  const stop = createJobStop(jobs);
  await stop.started({ id: 'a' });
  expect([jobs.cancelled, stop.signal.aborted]).toEqual([[], false]);
  process.emit('SIGINT');
  expect([jobs.cancelled, stop.signal.aborted]).toEqual([['a'], true]);
});

it('one that came before the job had begun cancels it as soon as it is known', async () => {
  const jobs = jobsThat();
  const stop = createJobStop(jobs);
  process.emit('SIGINT');
  expect(jobs.cancelled).toEqual([]);
  await stop.started({ id: 'a' });
  expect(jobs.cancelled).toEqual(['a']);
});

it('a job that ended by itself meanwhile is no failure, anything else is', async () => {
  const finished = createJobStop(
    jobsThat(() => {
      throw new JobFinishedError('a', 'SUCCEEDED');
    }),
  );
  process.emit('SIGINT');
  await expect(finished.started({ id: 'a' })).resolves.toBeUndefined();
  const broken = createJobStop(
    jobsThat(() => {
      throw new Error('database');
    }),
  );
  for (const listener of process.listeners('SIGINT').slice(-1)) listener('SIGINT');
  await expect(broken.started({ id: 'a' })).rejects.toThrow('database');
});

it('a process that has stopped goes, also where native code does not let it', async () => {
  const child = fork(fileURLToPath(new URL('./hanging-stop.mjs', import.meta.url)), { execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  expect(await once(child, 'message')).toContain('ready');
  child.kill('SIGTERM');
  expect(await once(child, 'message')).toContain('stopped');
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
});
