import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

/** Something inside a root, and what a link in its place leads to. */
export interface Swap {
  path: string;
  outside: string;
}

/** In a thread of its own, as fast as it can: puts links in the places and back again, until the test ends. */
export async function swapForLinks(swaps: readonly Swap[]): Promise<void> {
  const memory = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(`(${swapUntilStopped.toString()})()`, { eval: true, workerData: { swaps, memory } });
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('exit', () => resolve());
    worker.once('error', reject);
  });
  onTestFinished(async () => {
    Atomics.store(memory, 0, 1);
    await ended;
  });
}

function swapUntilStopped(): void {
  const { renameSync, rmSync, symlinkSync, unlinkSync } = process.getBuiltinModule('node:fs');
  const { workerData } = process.getBuiltinModule('node:worker_threads');
  const { swaps, memory } = workerData as { swaps: Swap[]; memory: Int32Array };
  const pause = () => Atomics.wait(memory, 1, 0, Math.random() * 0.4);
  /** Somebody may have made a folder in the gap, and be writing into it. */
  const put = (path: string, act: () => void) => {
    for (;;) {
      try {
        act();
        return;
      } catch {
        try {
          rmSync(path, { recursive: true, force: true });
        } catch {
          // It is tried again.
        }
      }
    }
  };
  while (Atomics.load(memory, 0) === 0) {
    for (const { path, outside } of swaps) {
      renameSync(path, `${path}.aside`);
      put(path, () => symlinkSync(outside, path));
    }
    pause();
    for (const { path } of swaps) {
      unlinkSync(path);
      put(path, () => renameSync(`${path}.aside`, path));
    }
    pause();
  }
}
