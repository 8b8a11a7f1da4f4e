import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { enrolRunner, isRunnerAlive } from '../../../src/library/jobs/runner.ts';

const now = (): Date => new Date();
const longAgo = (): Date => new Date(Date.now() - 31_000);

describe('a runner', () => {
  it('is alive in its own process until it retires, whatever its heartbeat', () => {
    const runner = enrolRunner('here');
    expect(runner.name).toBe(`${hostname()}:${process.pid}:here`);
    expect(isRunnerAlive({ runner: runner.name, heartbeatAt: longAgo() })).toBe(true);
    runner.retire();
    expect(isRunnerAlive({ runner: runner.name, heartbeatAt: now() })).toBe(false);
  });

  it('is dead where it is an earlier process that had the same pid', () => {
    expect(isRunnerAlive({ runner: `${hostname()}:${process.pid}:before`, heartbeatAt: now() })).toBe(false);
  });

  it('is dead as soon as its process on this host is, and silent is as good as dead', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const runner = `${hostname()}:${other.pid}:a`;
    expect(isRunnerAlive({ runner, heartbeatAt: now() })).toBe(true);
    expect(isRunnerAlive({ runner, heartbeatAt: longAgo() })).toBe(false);
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(isRunnerAlive({ runner, heartbeatAt: now() })).toBe(false);
  });

  it('is known by its heartbeat alone on another host', () => {
    expect(isRunnerAlive({ runner: 'elsewhere:1:a', heartbeatAt: now() })).toBe(true);
    expect(isRunnerAlive({ runner: 'elsewhere:1:a', heartbeatAt: longAgo() })).toBe(false);
    expect(isRunnerAlive({ runner: 'elsewhere:1:a', heartbeatAt: null })).toBe(false);
  });

  it('is nobody where the row names nobody', () => {
    expect(isRunnerAlive({ runner: null, heartbeatAt: null })).toBe(false);
    expect(isRunnerAlive({ runner: 'not a runner', heartbeatAt: now() })).toBe(false);
  });
});
