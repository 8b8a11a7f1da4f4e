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
   * The file at the path, which several callers at once hash once, by either function. `onBytes` hears of the progress,
   * about ten times a second, where this caller is the one that set it going. Throws PathNotAllowedError,
   * FileNotFoundError, FileNotHashableError, or the signal's reason.
   */
  hash(path: string, signal: AbortSignal, onBytes?: (bytes: number) => void): Promise<HashedPath>;
  /**
   * Many small files in one task, but for those that somebody has hashed at this moment; the answers stand in their order.
   * Throws the signal's reason; then the task stops, unless somebody else waits for one of its files.
   */
  hashSmall(files: readonly AllowedPath[], signal: AbortSignal): Promise<HashResult[]>;
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
  /** What may be hashed now; the configuration changes. */
  roots(): AllowedRoots;
  /** A thread that reads nothing for so long is given up: its disk does not answer. */
  stallMs?: number;
}

const progressMs = 100;
const defaultStallMs = 5 * 60_000;

export function createHasher({ pool, roots, stallMs = defaultStallMs }: HasherOptions): Hasher {
  const share = createSingleFlight<HashResult>();
  const atWork = new Set<HashControl>();

  function reportEach(): void {
    for (const control of atWork) control.setAlone(atWork.size === 1);
  }

  async function run(
    files: readonly AllowedPath[],
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<HashResult[]> {
    const control = createHashControl();
    atWork.add(control);
    reportEach();
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
      // One of them took the thread with it: each goes by itself, so that the others get their hashes.
      return await runEach(files, signal);
    } finally {
      atWork.delete(control);
      reportEach();
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
      const departures = createDepartures();
      // Each file listens, and listening takes longer the more others do.
      const own = AbortSignal.any([signal]);
      setMaxListeners(0, own);
      // Begun when it is known which files nobody hashes yet, which is before anything is waited for.
      const results = Promise.resolve().then(() => (batch.length === 0 ? [] : run(batch, departures.signal)));
      const answers = files.map((file) =>
        share(file.realPath, own, async (left) => {
          const index = batch.push(file) - 1;
          departures.await(left);
          return (await results)[index] as HashResult;
        }),
      );
      return Promise.all(answers);
    },
  };
}

/** The error of a file that could not be hashed. */
export function toError(path: string, { code, message }: { code: string; message: string }): Error {
  if (code === 'FILE_NOT_FOUND_ON_DISK') return new FileNotFoundError(path);
  return new FileNotHashableError(code, message);
}

/** A signal that is aborted when all of those are that it awaits: nobody waits for any file of the task any more. */
function createDepartures(): { signal: AbortSignal; await(left: AbortSignal): void } {
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
