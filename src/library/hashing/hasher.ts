import { setMaxListeners } from 'node:events';
import { LostTaskError } from '../../base/errors/domain-error.ts';
import { createSingleFlight } from '../../base/async/single-flight.ts';
import { resolveAllowed, type AllowedPath, type AllowedRoots } from './allowed-path.ts';
import { createHashControl, type HashControl } from './hash-control.ts';
import { FileNotFoundError, FileNotHashableError } from './hash-errors.ts';
import type { HashInput, HashResult, HashedFile } from './hash-files.task.ts';

/** The SHA-256 of files, computed in worker threads. */
export interface Hasher {
  /**
   * Hashes the file at the path; several simultaneous callers, by either function, share one hashing. `onBytes` is
   * called about ten times a second with the bytes hashed since, where this caller started the hashing. Throws
   * PathNotAllowedError, FileNotFoundError, FileNotHashableError, or the signal's reason.
   */
  hash(path: string, signal: AbortSignal, onBytes?: (bytes: number) => void): Promise<HashedPath>;
  /**
   * Hashes many small files in one task, except those that are being hashed already; the results stand in their order.
   * Throws the signal's reason; then the task stops, unless another caller waits for one of its files.
   */
  hashSmall(files: readonly AllowedPath[], signal: AbortSignal): Promise<HashResult[]>;
  /** Throws PathNotAllowedError and FileNotFoundError. */
  resolve(path: string): Promise<AllowedPath>;
}

export interface HashedPath extends HashedFile {
  realPath: string;
}

export interface HashPool {
  readonly threads: number;
  run(name: 'hashFiles', input: HashInput, options: { signal: AbortSignal }): Promise<HashResult[]>;
}

interface HasherOptions {
  pool: HashPool;
  /** Returns what may be hashed now, since the configuration changes. */
  roots(): AllowedRoots;
  /** A thread that reads nothing for so long is given up, since its disk does not answer. */
  stallMs?: number;
}

const progressMs = 100;
const defaultStallMs = 5 * 60_000;

export function createHasher({ pool, roots, stallMs = defaultStallMs }: HasherOptions): Hasher {
  const share = createSingleFlight<HashResult>();
  const atWork = new Set<HashControl>();

  function updateAlone(): void {
    for (const control of atWork) control.setAlone(atWork.size === 1);
  }

  async function run(
    files: readonly AllowedPath[],
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<HashResult[]> {
    const control = createHashControl();
    atWork.add(control);
    updateAlone();
    const stop = () => control.stop();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const progress = reportBytes(control, onBytes);
    const watch = watchPulse(control, stallMs);
    try {
      const wanted = files.map(({ rootPath, relativePath }) => ({ rootPath, relativePath }));
      return await pool.run('hashFiles', { files: wanted, memory: control.memory }, { signal: watch.signal });
    } catch (error) {
      if (!(error instanceof LostTaskError)) throw error;
      if (files.length === 1) return [{ ok: false, code: error.code, message: error.message }];
      // One of the files took the thread down: each is hashed by itself, so that the others get their hashes.
      return await runEach(files, signal);
    } finally {
      atWork.delete(control);
      updateAlone();
      watch.end();
      progress.end();
      signal.removeEventListener('abort', stop);
    }
  }

  async function runEach(files: readonly AllowedPath[], signal: AbortSignal): Promise<HashResult[]> {
    const results: HashResult[] = [];
    for (const file of files) results.push(...(await run([file], signal)));
    return results;
  }

  return {
    resolve: (path) => resolveAllowed(path, roots()),
    async hash(path, signal, onBytes) {
      const file = await resolveAllowed(path, roots());
      const result = await share(file.realPath, signal, async (shared) => {
        const [hashed] = await run([file], shared, onBytes);
        return hashed as HashResult;
      });
      signal.throwIfAborted();
      if (!result.ok) throw toError(path, result);
      return { ...result, realPath: file.realPath };
    },
    async hashSmall(files, signal) {
      const batch: AllowedPath[] = [];
      const abandonment = createAbandonment();
      // Each file adds a listener, and adding takes longer the more listeners a signal has.
      const own = AbortSignal.any([signal]);
      setMaxListeners(0, own);
      // The task starts in a microtask, when the loop below has found which files nobody hashes yet.
      const results = Promise.resolve().then(() => (batch.length === 0 ? [] : run(batch, abandonment.signal)));
      const answers = files.map((file) =>
        share(file.realPath, own, async (left) => {
          const index = batch.push(file) - 1;
          abandonment.await(left);
          return (await results)[index] as HashResult;
        }),
      );
      return Promise.all(answers);
    },
  };
}

/** Returns the error of a file that could not be hashed. */
export function toError(path: string, { code, message }: { code: string; message: string }): Error {
  if (code === 'FILE_NOT_FOUND_ON_DISK') return new FileNotFoundError(path);
  return new FileNotHashableError(code, message);
}

/** Aborts its signal when all awaited signals are aborted: then nobody waits for any file of the task any more. */
function createAbandonment(): { signal: AbortSignal; await(left: AbortSignal): void } {
  const everybodyLeft = new AbortController();
  let waiting = 0;
  return {
    signal: everybodyLeft.signal,
    await(left) {
      waiting += 1;
      left.addEventListener('abort', () => {
        waiting -= 1;
        if (waiting === 0) everybodyLeft.abort(left.reason);
      });
    },
  };
}

function reportBytes(control: HashControl, onBytes: ((bytes: number) => void) | undefined): { end(): void } {
  if (onBytes === undefined) return { end() {} };
  const report = () => {
    const bytes = control.takeBytes();
    if (bytes > 0) onBytes(bytes);
  };
  const timer = setInterval(report, progressMs);
  return {
    end() {
      clearInterval(timer);
      report();
    },
  };
}

/** Aborts when the thread has begun and then stands still for that long. */
function watchPulse(control: HashControl, stallMs: number): { signal: AbortSignal; end(): void } {
  const stalled = new AbortController();
  let last = 0n;
  const timer = setInterval(() => {
    const { pulse } = control;
    const reason = `Nothing could be read of it for ${stallMs / 1000} seconds, and it was given up.`;
    if (pulse !== 0n && pulse === last) stalled.abort(new LostTaskError(reason));
    last = pulse;
  }, stallMs);
  return { signal: stalled.signal, end: () => clearInterval(timer) };
}
