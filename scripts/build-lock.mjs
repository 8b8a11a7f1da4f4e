// @ts-check
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const pollMs = 100;
const renewMs = 1_000;
/** A lock that was not renewed for so long is nobody's: its process was stopped, or its number is another one's now. */
const staleMs = 60_000;

/**
 * Runs work that no other process does at the same moment with the same lock, and waits for its turn where one does. The
 * lock of a process that was killed is taken over.
 *
 * @param {string} path Of the lock: a file that is there while somebody works.
 * @param {() => Promise<void>} work
 * @param {() => void} onWait Called once, where another process works.
 */
export async function withBuildLock(path, work, onWait) {
  for (let waited = false; !take(path); waited = true) {
    if (!waited) onWait();
    await setTimeout(pollMs);
  }
  const renewal = setInterval(() => renew(path), renewMs);
  try {
    await work();
  } finally {
    clearInterval(renewal);
    rmSync(path, { force: true });
  }
}

/** @param {string} path */
function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    if (isAbandoned(path)) rmSync(path, { force: true });
    return false;
  }
}

/** @param {string} path */
function isAbandoned(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  if (Date.now() - stats.mtimeMs > staleMs) return true;
  try {
    // The number is written a moment after the file appears.
    const owner = Number(readFileSync(path, 'utf8'));
    if (owner > 0) process.kill(owner, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

/** @param {string} path */
function renew(path) {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch (error) {
    // Somebody removed it by hand; the work goes on.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
