import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * What is committed stands in the write-ahead log, and with `synchronous = NORMAL` the system may write that down
 * later. Returns a function that writes it down now, as `FULL` would with each commit, but on another thread. Calls
 * that come meanwhile share the next flush. The log itself is never locked, so that closing it here takes no lock away
 * from SQLite.
 */
export function createSqliteFlush(path: string): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let isNamed = false;

  async function flush(): Promise<void> {
    // Windows flushes only what may be written to. Before the first commit there is no log.
    await syncFile(`${path}-wal`, 'r+').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    // The name of the log has to outlive a power cut as well; once it does, it stays.
    if (!isNamed && process.platform !== 'win32') await syncFile(dirname(path), 'r');
    isNamed = true;
  }

  async function start(): Promise<void> {
    next = undefined;
    running = flush().finally(() => (running = undefined));
    await running;
  }

  return () => {
    if (running === undefined) return start();
    // The flush that is under way may have begun before the commit.
    next ??= running.then(start, start);
    return next;
  };
}

async function syncFile(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
