import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface RunningCommand {
  process: ChildProcess;
  /** All that it printed so far. */
  output(): { stdout: string; stderr: string };
  /** Waits until it has printed what the pattern wants, on either stream. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

/** Starts the command line as a process of its own. It is killed when the test ends. */
export function startCommand(
  args: string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): RunningCommand {
  const main = join(process.env.COMPILED_SOURCES as string, 'main.js');
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (printed[stream] += text));
  }
  return {
    process: child,
    output: () => ({ ...printed }),
    async printed(pattern) {
      for (;;) {
        const match = pattern.exec(printed.stdout) ?? pattern.exec(printed.stderr);
        if (match !== null) return match;
        if (child.exitCode !== null) throw new Error(`it ended first: ${JSON.stringify(printed)}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    ended: once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals),
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
