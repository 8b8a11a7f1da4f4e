type Answer = { id: number; hex: string | null } | { id: number; done: number };

interface Waiting {
  resolve: (hex: string | null) => void;
  onProgress: (hashedBytes: number) => void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | undefined;
let last = 0;

/**
 * Returns the SHA-256 of a file, read in a worker, which stops where the signal says so; null then, where the file cannot be read, and
 * where no worker can be had. `onProgress` is told every so many bytes of a large one.
 */
export function hashFile(
  file: File,
  signal: AbortSignal,
  onProgress: (hashedBytes: number) => void,
): Promise<string | null> {
  return new Promise((resolve) => {
    worker ??= start();
    const id = ++last;
    const leave = () => {
      worker?.postMessage({ id, file: null });
      finish(id, null);
    };
    const settle = (hex: string | null) => {
      signal.removeEventListener('abort', leave);
      resolve(hex);
    };
    waiting.set(id, { resolve: settle, onProgress });
    signal.addEventListener('abort', leave, { once: true });
    worker.postMessage({ id, file });
  });
}

function start(): Worker {
  const started = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    if ('done' in data) waiting.get(data.id)?.onProgress(data.done);
    else finish(data.id, data.hex);
  });
  started.addEventListener('error', () => {
    worker = undefined;
    for (const id of waiting.keys()) finish(id, null);
  });
  return started;
}

function finish(id: number, hex: string | null): void {
  waiting.get(id)?.resolve(hex);
  waiting.delete(id);
}
