import { lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DomainError } from '../errors/domain-error.ts';
import { lockFile, type FileLock } from './sqlite/file-lock.ts';
import { syncFolder } from '../files/sync-folder.ts';

/** One name whose content changes; all three are absolute paths on one file system. */
export interface Replacement {
  /** The new content; null where the name only has to be free. */
  from: string | null;
  to: string;
  /** The path under which the present content is kept. */
  keep: string;
}

/** Another process has locked the database's files for longer than a start waits. */
class DatabaseBeingReplacedError extends DomainError {
  readonly code = 'DATABASE_BEING_REPLACED';
  readonly httpStatus = 500;

  constructor() {
    super('A backup is being restored into this data folder. Try again when `mediashelf restore` has ended.');
  }
}

const maxWaitMs = 10_000;
const pauseMs = 50;

/**
 * Locks the database file, and what belongs to it, as used by this process. Whoever opens the database shares that
 * lock; `restore` alone has it exclusively. A replacement that was decided and not carried out is carried out first, so
 * that nobody sees a part.
 *
 * @throws {DatabaseBeingReplacedError}
 */
export async function useDatabaseFile(databasePath: string): Promise<FileLock> {
  const giveUpAt = Date.now() + maxWaitMs;
  while (Date.now() < giveUpAt) {
    const isDecided = await exists(journalOf(databasePath));
    const lock = lockFile(lockOf(databasePath), isDecided ? 'exclusive' : 'shared');
    if (lock !== null && !isDecided && !(await exists(journalOf(databasePath)))) return lock;
    try {
      if (lock !== null && isDecided) await finishReplacement(databasePath);
    } finally {
      lock?.release();
    }
    if (lock === null) await setTimeout(pauseMs);
  }
  throw new DatabaseBeingReplacedError();
}

/** Locks the database for this process alone; returns null where anybody uses it. */
export function lockDatabaseFile(databasePath: string): FileLock | null {
  return lockFile(lockOf(databasePath), 'exclusive');
}

/**
 * Decides all of the replacements in one step: from then on the next start finishes what this process may leave undone.
 * The caller has the lock.
 */
export async function replaceFiles(databasePath: string, replacements: readonly Replacement[]): Promise<void> {
  const journal = journalOf(databasePath);
  const part = `${journal}.part`;
  const handle = await open(part, 'w');
  try {
    await handle.writeFile(JSON.stringify(replacements));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, journal);
  await syncFolder(dirname(journal));
  await finishReplacement(databasePath);
}

/** Carries out what was decided and is not done yet. The caller has the lock. */
export async function finishReplacement(databasePath: string): Promise<void> {
  const journal = journalOf(databasePath);
  const text = await readFile(journal, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  const replacements = JSON.parse(text) as Replacement[];
  for (const replacement of replacements) await replace(replacement);
  const folders = new Set(replacements.flatMap(({ to, keep }) => [dirname(to), dirname(keep)]));
  for (const folder of folders) if (await exists(folder)) await syncFolder(folder);
  await rm(journal, { force: true });
}

/** The new content still waits under `from`, or it is in place: that alone shows whose content the name has. */
async function replace({ from, to, keep }: Replacement): Promise<void> {
  if (from !== null && !(await exists(from))) return;
  if ((await exists(to)) && !(await exists(keep))) {
    await mkdir(dirname(keep), { recursive: true });
    await rename(to, keep);
  }
  if (from !== null) await rename(from, to);
}

/** The path of the journal, which exists while a decided replacement is not carried out. */
export function journalOf(databasePath: string): string {
  return `${databasePath}-restore`;
}

function lockOf(databasePath: string): string {
  return `${databasePath}-lock`;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
