import { constants } from 'node:fs';
import { access, copyFile, link, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PicturesUnsettledError } from './backup-errors.ts';
import { snapshotSqlite } from '../../base/database/sqlite/snapshot-sqlite.ts';
import { openSqliteConnection, type SqliteConnection } from '../../base/database/sqlite/sqlite-connection.ts';
import { isPendingName, readPendingNames } from './sql/stored-pictures.ts';

interface KeepOptions {
  databasePath: string;
  pendingFolder: string;
  /** Folder of this backup, on the file system of the pictures; gets `catalogue.db` and `pending/`. */
  workFolder: string;
  signal: AbortSignal;
}

const attempts = 10;

/**
 * Copies the database, and links every pending picture in the copy to a second name, as a promotion may remove the first
 * one at any time. The tiers of models need none: they stay for a day after a picture was taken away. Throws PicturesUnsettledError.
 */
export async function keepPictures(options: KeepOptions): Promise<void> {
  const { databasePath, pendingFolder, workFolder, signal } = options;
  const kept = join(workFolder, 'pending');
  await mkdir(kept, { recursive: true });
  for (let attempt = 0; attempt < attempts; attempt++) {
    signal.throwIfAborted();
    // Pictures are kept before the copy, as some may be promoted after it, and after it those that came in between.
    for (const name of await namesIn(pendingFolder)) await keep(join(pendingFolder, name), join(kept, name));
    const copy = join(workFolder, 'catalogue.db');
    await rm(copy, { force: true });
    await snapshotSqlite(databasePath, copy, signal);
    const snapshot = openSqliteConnection(copy, '', { readonly: true });
    const live = openSqliteConnection(databasePath, 'PRAGMA busy_timeout = 5000', { readonly: true });
    try {
      if (await keepNamed(snapshot, live, { pendingFolder, kept })) return;
    } finally {
      snapshot.close();
      live.close();
    }
  }
  throw new PicturesUnsettledError();
}

/**
 * Whether every picture that has a row in the copy is kept. A missing one that still has a row was lost before, and is
 * reported when the archive is written; one without a row came and went around the copy, which is made again.
 */
async function keepNamed(
  snapshot: SqliteConnection,
  live: SqliteConnection,
  { pendingFolder, kept }: { pendingFolder: string; kept: string },
): Promise<boolean> {
  for (const name of readPendingNames(snapshot)) {
    const keepIt = () => keep(join(pendingFolder, name), join(kept, name));
    if (!(await keepIt()) && !isPendingName(live, name)) return false;
  }
  return true;
}

/** Links a file to its second name; false where it is there under neither name. */
async function keep(path: string, keptPath: string): Promise<boolean> {
  try {
    await link(path, keptPath);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return true;
    if (code === 'ENOENT') return isKept(keptPath);
    return copy(path, keptPath);
  }
}

/** Copies a file where there are no links, as on exFAT and some network shares. */
async function copy(path: string, keptPath: string): Promise<boolean> {
  try {
    await copyFile(path, keptPath, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return true;
    if (code === 'ENOENT') return false;
    throw error;
  }
}

async function isKept(keptPath: string): Promise<boolean> {
  return access(keptPath).then(
    () => true,
    () => false,
  );
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []; // there never was a pending picture
    throw error;
  });
}
