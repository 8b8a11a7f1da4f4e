import { access, mkdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { dataFolders } from '../../base/config/data-folders.ts';
import { databasePathOf } from '../../base/database/database.ts';
import { lockFile } from '../../base/database/sqlite/file-lock.ts';
import { useDatabaseFile } from '../../base/database/replacement.ts';
import { openSqliteConnection } from '../../base/database/sqlite/sqlite-connection.ts';
import { readAppliedMigrations, readModelImages, readPendingNames } from './sql/stored-pictures.ts';
import { tierName } from '../model-records/image-store.ts';
import { pictureQualities } from '../model-records/picture-tiers.ts';
import { version } from '../../base/version.ts';
import { configEntry, databaseEntry, headEntry, logEntry, type ArchiveHead } from './archive-layout.ts';
import { openArchiveWriter, type ArchiveWriter } from './archive-writer.ts';
import { addProxies } from './add-proxies.ts';
import {
  BackupExistsError,
  BackupPlaceError,
  BackupRunningError,
  BackupUnsupportedError,
  NothingToBackUpError,
} from './backup-errors.ts';
import { keepPictures } from './keep-pictures.ts';

/** Where the contents of a backup lie, as in the settings. */
export interface BackedUpPaths {
  dataDir: string;
  logDir: string;
  databaseUrl: string;
  mediaConfigPath: string;
}

interface BackupRequest extends BackedUpPaths {
  /** Path of the archive that is written. */
  path: string;
  /** Whether an archive with that name is replaced. */
  force: boolean;
  withProxies: boolean;
  signal: AbortSignal;
}

interface BackupReport {
  entries: number;
  sizeBytes: number;
  /** Names of pictures that have rows but no files. */
  lost: string[];
}

/**
 * Writes all that cannot be made anew into one archive, as it is at one moment, while the service may run. Throws
 * BackupUnsupportedError, NothingToBackUpError, BackupRunningError, BackupExistsError, BackupPlaceError, StorageError.
 */
export async function backUp(request: BackupRequest): Promise<BackupReport> {
  const databasePath = databasePathOf(request.databaseUrl);
  if (databasePath === null) throw new BackupUnsupportedError();
  if (!(await exists(databasePath))) throw new NothingToBackUpError(databasePath);
  if (!request.force && (await exists(request.path))) throw new BackupExistsError(request.path);
  await checkTarget(request, databasePath);
  const use = await useDatabaseFile(databasePath);
  try {
    const folder = join(request.dataDir, backupFolder);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = lockFile(join(folder, 'lock'), 'exclusive');
    if (lock === null) throw new BackupRunningError();
    try {
      return await backUpAlone(request, databasePath, join(folder, 'work'));
    } finally {
      lock.release();
    }
  } finally {
    use.release();
  }
}

/** Throws BackupPlaceError where the archive would replace one of its sources, under whatever name, or what is no file. */
async function checkTarget({ path, mediaConfigPath, logDir }: BackupRequest, databasePath: string): Promise<void> {
  const target = await stat(path).catch(() => null); // not there, or out of reach, which the writer reports
  if (target === null) return;
  if (target.isDirectory()) throw new BackupPlaceError(path, 'a folder');
  if (!target.isFile()) throw new BackupPlaceError(path, 'no file');
  const sources = {
    'the catalogue': [databasePath, `${databasePath}-wal`, `${databasePath}-shm`, `${databasePath}-lock`],
    'the media configuration': [mediaConfigPath],
    'the log of deletions': [join(logDir, basename(logEntry))],
  };
  for (const [what, paths] of Object.entries(sources)) {
    for (const source of paths) {
      const stats = await stat(source).catch(() => null); // not there
      if (stats?.dev === target.dev && stats.ino === target.ino) throw new BackupPlaceError(path, what);
    }
  }
}

/** Name of a folder below DATA_DIR. The next backup empties it where a killed one left something. */
const backupFolder = '.backup';

async function backUpAlone(request: BackupRequest, databasePath: string, workFolder: string): Promise<BackupReport> {
  await rm(workFolder, { recursive: true, force: true });
  await mkdir(workFolder);
  try {
    const pendingFolder = join(request.dataDir, dataFolders.images, 'pending');
    await keepPictures({ databasePath, pendingFolder, workFolder, signal: request.signal });
    const manifestPath = join(workFolder, 'manifest.jsonl');
    await mkdir(dirname(request.path), { recursive: true });
    const archive = await openArchiveWriter({ path: request.path, manifestPath, signal: request.signal });
    try {
      const lost = await addEntries(archive, request, workFolder);
      return { ...(await archive.finish()), lost };
    } finally {
      await archive.discard();
    }
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** Returns the names of pictures that were not there. */
async function addEntries(
  archive: ArchiveWriter,
  { dataDir, logDir, mediaConfigPath, withProxies }: BackupRequest,
  workFolder: string,
): Promise<string[]> {
  const lost: string[] = [];
  const snapshotPath = join(workFolder, 'catalogue.db');
  const snapshot = openSqliteConnection(snapshotPath, '', { readonly: true });
  try {
    const head: ArchiveHead = {
      format: 'mediashelf-backup',
      formatVersion: 1,
      version,
      createdAt: new Date().toISOString(),
      migrations: readAppliedMigrations(snapshot),
    };
    await archive.addText(headEntry, `${JSON.stringify(head)}\n`);
    await archive.addFile(databaseEntry, snapshotPath);
    await archive.addFile(configEntry, mediaConfigPath);
    await archive.addFile(logEntry, join(logDir, basename(logEntry)));
    for (const { sha256, seq } of readModelImages(snapshot)) {
      for (const quality of pictureQualities) {
        const name = `${dataFolders.images}/${tierName(sha256, seq, quality)}`;
        if (!(await archive.addFile(name, join(dataDir, name)))) lost.push(name);
      }
    }
    for (const pending of readPendingNames(snapshot)) {
      const name = `${dataFolders.images}/pending/${pending}`;
      if (!(await archive.addFile(name, join(workFolder, 'pending', pending)))) lost.push(name);
    }
    if (withProxies) await addProxies(archive, snapshot, { dataDir, workFolder });
    return lost;
  } finally {
    snapshot.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
