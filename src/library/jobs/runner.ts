import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { isProcessAlive } from '../../base/files/is-process-alive.ts';

export const heartbeatMs = 5_000;
/** A runner that has been silent for this long is dead: a process that was merely slow finds its job taken over. */
const silenceMs = 30_000;

/** Who runs jobs: `host:pid:instance`. The instance distinguishes a process from an earlier one that had the same pid. */
export interface Runner {
  readonly name: string;
  /** Lets other runners take over its jobs from now on. */
  retire(): void;
}

/** What a job's row says about its runner. */
export interface RunnerTrace {
  runner: string | null;
  heartbeatAt: Date | null;
}

const livingInstances = new Set<string>();

export function enrolRunner(instance: string = randomUUID()): Runner {
  livingInstances.add(instance);
  return {
    name: `${hostname()}:${process.pid}:${instance}`,
    retire: () => void livingInstances.delete(instance),
  };
}

/** Whether the runner still lives: known at once on this host, by the heartbeat on another. */
export function isRunnerAlive({ runner, heartbeatAt }: RunnerTrace): boolean {
  const [, host, pid, instance] = /^(.*?):(\d+):(.*)$/.exec(runner ?? '') ?? [];
  if (host === undefined || instance === undefined) return false;
  if (host === hostname()) {
    if (Number(pid) === process.pid) return livingInstances.has(instance);
    if (!isProcessAlive(Number(pid))) return false;
  }
  return heartbeatAt !== null && Date.now() - heartbeatAt.getTime() < silenceMs;
}
