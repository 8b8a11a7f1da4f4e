import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFailed, onTestFinished } from 'vitest';

export interface RunningCommand {
  process: ChildProcess;
  /** All that it printed so far. */
  output(): { stdout: string; stderr: string };
  /** Waits until it has printed what the pattern wants, on either stream. Rejects where it ends before, or takes too long. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

const printTimeoutMs = 60_000;

/** Starts the command line as a process of its own. It is killed when the test ends; of a test that fails, its output is shown. */
export function startCommand(
  args: string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): RunningCommand {
  const main = join(process.env.COMPILED_SOURCES as string, 'main.js');
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', PRESSURE: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (printed[stream] += text));
  }
  let end: number | NodeJS.Signals | undefined;
  const describe = () => {
    const state = end === undefined ? 'is running' : `ended with ${end}`;
    return `mediashelf ${args.join(' ')} ${state}, and has printed:\n${printed.stdout}\n${printed.stderr}`;
  };
  // Also of one that hangs: a test that ran out of time says nothing of what it waited for.
  onTestFailed(() => console.error(describe()));
  return {
    process: child,
    output: () => ({ ...printed }),
    async printed(pattern) {
      for (const startedAt = performance.now(); ;) {
        const match = pattern.exec(printed.stdout) ?? pattern.exec(printed.stderr);
        if (match !== null) return match;
        const isLate = performance.now() - startedAt > printTimeoutMs;
        if (isLate || end !== undefined) throw new Error(`Nothing matches ${String(pattern)}: ${describe()}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    ended: once(child, 'close').then(([code, signal]) => (end = (code ?? signal) as number | NodeJS.Signals)),
  };
}

/** Runs a command to its end. */
export async function runCommand(
  args: string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<{ code: number | NodeJS.Signals; stdout: string; stderr: string }> {
  const command = startCommand(args, options);
  const code = await command.ended;
  return { code, ...command.output() };
}
