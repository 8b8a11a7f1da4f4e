import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Mutex } from 'async-mutex';

/** Copies what stands in the write-ahead log into the database's file, on a thread of its own. */
export interface SqliteCheckpoints {
  /** Says that something was committed: soon after, the log is looked at. */
  noteWrite(): void;
  /** Waits for what is under way, and ends the thread. */
  close(): Promise<void>;
}

/** The pragma of connections that write: SQLite itself copies only where the thread does not, or falls far behind. */
export const lateCheckpoints = 'PRAGMA wal_autocheckpoint = 12000';

const pauseMs = 50;
/** SQLite's own measure. */
const pagesPerCheckpoint = 1_000;
/** From here on the log is not to grow: writers wait for the end of a copy, and then SQLite begins it anew. */
const pagesOfFullLog = 4_000;

/**
 * A commit that fills the log has SQLite copy it and wait for the disk, on the thread of that commit: requests waited some
 * 50 ms for each 16 MB that anybody wrote. `turns` is held by whoever writes.
 */
export function createSqliteCheckpoints(path: string, pageBytes: number, turns: Mutex): SqliteCheckpoints {
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let thread: Worker | undefined;
  let isNoted = false;
  let isClosed = false;

  function noteWrite(): void {
    isNoted = true;
    if (timer !== undefined || looking !== undefined || isClosed) return;
    timer = setTimeout(() => {
      timer = undefined;
      isNoted = false;
      looking = look().finally(() => {
        looking = undefined;
        if (isNoted) noteWrite();
      });
    }, pauseMs).unref();
  }

  async function look(): Promise<void> {
    // The file of a log that was begun anew keeps its size, so a small one is a short log; of a large one the thread knows.
    const size = await stat(`${path}-wal`).then(
      (found) => found.size,
      () => 0,
    );
    if (size < pagesPerCheckpoint * pageBytes || isClosed) return;
    thread ??= startThread(path).once('exit', () => (thread = undefined));
    const pages = await copyOn(thread, pagesPerCheckpoint);
    if (pages < pagesOfFullLog) return;
    // Without writers nothing is added meanwhile, so that all of it is copied.
    await turns.runExclusive(async () => thread && copyOn(thread, 1));
  }

  return {
    noteWrite,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await looking;
      if (thread === undefined) return;
      const exited = once(thread, 'exit');
      thread.ref();
      thread.postMessage('close');
      await exited;
    },
  };
}

/**
 * Has the log copied where so many pages of it are not copied yet; returns how many it has. What cannot be done (another
 * process copies, the disk is full) is left to the next time.
 */
async function copyOn(thread: Worker, ifPages: number): Promise<number> {
  thread.ref();
  try {
    thread.postMessage(ifPages);
    const [pages] = (await once(thread, 'message')) as [number];
    return pages;
  } catch {
    // The thread did not start: the next look starts another, and SQLite itself copies at last.
    return 0;
  } finally {
    thread.unref();
  }
}

function startThread(path: string): Worker {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  const thread = new Worker(threadSource, {
    eval: true,
    execArgv: [],
    workerData: { driver, path },
    resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 },
  });
  thread.unref();
  // Without a listener its error would end the process.
  return thread.on('error', () => undefined);
}

/** As text it needs no loader, whichever sources this process runs. */
const threadSource = `
  const { parentPort, workerData: { driver, path } } = require('node:worker_threads');
  const Connection = require(driver);
  const connection = new Connection(path, { fileMustExist: true });
  connection.pragma('synchronous = NORMAL');
  parentPort.on('message', (message) => {
    if (message === 'close') {
      connection.close();
      parentPort.close();
    } else {
      parentPort.postMessage(copy(message));
    }
  });
  function copy(ifPages) {
    try {
      const [{ log, checkpointed }] = connection.pragma('wal_checkpoint(NOOP)');
      if (log - checkpointed >= ifPages) connection.pragma('wal_checkpoint(PASSIVE)');
      return log;
    } catch {
      return 0;
    }
  }
`;
