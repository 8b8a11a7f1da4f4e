interface Answer {
  id: number;
  hex: string | null;
}

const waiting = new Map<number, (hex: string | null) => void>();
let worker: Worker | undefined;
let last = 0;

/** Returns the SHA-256 of a file, read in a worker; null where it cannot be read, or no worker can be had. */
export function hashFile(file: File, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    worker ??= start();
    const id = ++last;
    waiting.set(id, resolve);
    signal.addEventListener('abort', () => answer({ id, hex: null }), { once: true });
    worker.postMessage({ id, file });
  });
}

function start(): Worker {
  const started = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<Answer>) => answer(data));
  started.addEventListener('error', () => {
    worker = undefined;
    for (const id of waiting.keys()) answer({ id, hex: null });
  });
  return started;
}

function answer({ id, hex }: Answer): void {
  waiting.get(id)?.(hex);
  waiting.delete(id);
}
