import { createReadStream } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { dataFolders } from '../../base/config/data-folders.ts';
import { databasePathOf } from '../../base/database/database.ts';
import {
  finishReplacement,
  journalOf,
  lockDatabaseFile,
  replaceFiles,
  type Replacement,
} from '../../base/database/replacement.ts';
import { openSqlite } from '../../base/database/sqlite/sqlite.ts';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { streamToFile } from '../../base/files/stream-to-file.ts';
import { hashInside } from '../../base/files/hash-inside.ts';
import { configEntry, databaseEntry, headEntry, logEntry, type ArchiveHead } from './archive-layout.ts';
import type { BackedUpPaths } from './back-up.ts';
import { BackupDamagedError, BackupUnsupportedError, CatalogueInUseError, DataNotEmptyError } from './backup-errors.ts';
import { checkHead, checkSchema } from './check-schema.ts';
import { unpackArchive } from './unpack-archive.ts';

interface RestoreRequest extends BackedUpPaths {
  /** Path of the archive. */
  path: string;
  /** Whether existing data is replaced. */
  force: boolean;
  /** Whether the media configuration is left as it is. */
  keepConfig: boolean;
  signal: AbortSignal;
}

interface RestoreReport {
  head: ArchiveHead;
  /** Folders with the files that were replaced. */
  kept: string[];
}

/**
 * Puts an archive's content in place of the data folder's, all of it or nothing, also if the process is killed at any
 * point. Throws BackupUnsupportedError, CatalogueInUseError, DataNotEmptyError, BackupDamagedError, BackupTooNewError,
 * StorageError.
 */
export async function restore(request: RestoreRequest): Promise<RestoreReport> {
  const databasePath = databasePathOf(request.databaseUrl);
  if (databasePath === null) throw new BackupUnsupportedError();
  await mkdir(dirname(databasePath), { recursive: true });
  await mkdir(request.dataDir, { recursive: true });
  const lock = lockDatabaseFile(databasePath);
  if (lock === null) throw new CatalogueInUseError();
  try {
    await finishReplacement(databasePath);
    return await restoreAlone(request, databasePath);
  } finally {
    lock.release();
  }
}

async function restoreAlone(request: RestoreRequest, databasePath: string): Promise<RestoreReport> {
  const present = await listPresent(request.dataDir, databasePath);
  if (present.length > 0 && !request.force) throw new DataNotEmptyError(present);
  const stagingFolders = [request.dataDir, dirname(databasePath), request.logDir, dirname(request.mediaConfigPath)].map(
    (folder) => join(folder, stagingName),
  );
  const discard = async () => {
    for (const folder of stagingFolders) await rm(folder, { recursive: true, force: true });
  };
  await discard();
  try {
    const staging = createStaging(request.dataDir, databasePath);
    const head = await unpack(request, staging);
    const keepName = `before-restore-${new Date().toISOString().replaceAll(':', '-')}`;
    const replacements = await listReplacements(request, { databasePath, staging, keepName });
    await replaceFiles(databasePath, replacements);
    return { head, kept: await listKept(replacements) };
  } finally {
    // Replacements that are decided need the staged files until they are carried out.
    if (!(await isThere(journalOf(databasePath)))) await discard();
  }
}

/** Stages the content of an archive, verified and in this version's schema; nothing is replaced yet. */
async function unpack({ path, signal, dataDir }: RestoreRequest, staging: Staging): Promise<ArchiveHead> {
  await mkdir(join(dataDir, stagingName), { mode: 0o700 });
  await mkdir(dirname(staging.pathOf(databaseEntry)), { recursive: true, mode: 0o700 });
  const readHead = async () => checkHead(await readFile(staging.pathOf(headEntry), 'utf8'));
  let isFirst = true;
  await unpackArchive({
    path,
    targetOf: staging.pathOf,
    manifestPath: join(dataDir, stagingName, 'found.jsonl'),
    signal,
    async onEntry(name) {
      // The head is checked at once, before gigabytes are read for nothing.
      if (isFirst && name !== headEntry) throw new BackupDamagedError('it does not begin as a backup does');
      if (isFirst) await readHead();
      isFirst = false;
    },
  });
  const head = await readHead();
  await checkSchema(staging.pathOf(databaseEntry), head);
  // An older schema is brought up to date here, where a failure changes nothing.
  await (await openSqlite(`file:${staging.pathOf(databaseEntry)}`)).close();
  return head;
}

const stagingName = '.restore';

interface Staging {
  pathOf(entryName: string): string;
}

/** Stages each entry on the file system of what it replaces. */
function createStaging(dataDir: string, databasePath: string): Staging {
  return {
    pathOf: (name) => (name === databaseEntry ? stagedBeside(databasePath) : join(dataDir, stagingName, name)),
  };
}

function stagedBeside(path: string): string {
  return join(dirname(path), stagingName, basename(path));
}

interface ReplacementOptions {
  databasePath: string;
  staging: Staging;
  keepName: string;
}

async function listReplacements(
  { dataDir, mediaConfigPath, logDir, keepConfig }: RestoreRequest,
  { databasePath, staging, keepName }: ReplacementOptions,
): Promise<Replacement[]> {
  const replace = (to: string, from: string | null): Replacement => ({
    from,
    to,
    keep: join(dirname(to), keepName, basename(to)),
  });
  const replacements = [
    replace(databasePath, staging.pathOf(databaseEntry)),
    replace(`${databasePath}-wal`, null),
    replace(`${databasePath}-shm`, null),
  ];
  // Caches, image proxies and unfinished uploads belong to the earlier catalogue.
  for (const name of Object.values(dataFolders)) {
    const staged = staging.pathOf(name);
    replacements.push(replace(join(dataDir, name), (await isThere(staged)) ? staged : null));
  }
  const config = staging.pathOf(configEntry);
  if (!keepConfig && (await isThere(config)) && !(await isSame(mediaConfigPath, config))) {
    replacements.push(replace(mediaConfigPath, await copyBeside(config, mediaConfigPath)));
  }
  const log = staging.pathOf(logEntry);
  const logPath = join(logDir, logEntry);
  // A log that is there has more entries.
  if ((await isThere(log)) && !(await isThere(logPath)))
    replacements.push(replace(logPath, await copyBeside(log, logPath)));
  return replacements;
}

/** Stages a file beside its target. Called only for what is replaced, as these folders may be read-only. */
async function copyBeside(path: string, target: string): Promise<string> {
  const copy = stagedBeside(target);
  try {
    await mkdir(dirname(copy), { recursive: true });
    await streamToFile(copy, createReadStream(path), { flush: true });
  } catch (error) {
    throw toStorageError(error, `Writing beside ${target}`);
  }
  return copy;
}

/** What a restore would replace, as names below the data folder. */
async function listPresent(dataDir: string, databasePath: string): Promise<string[]> {
  const present = (await isThere(databasePath)) ? [basename(databasePath)] : [];
  for (const name of Object.values(dataFolders)) {
    const names = await readdir(join(dataDir, name)).catch(() => []); // not there, or no folder: nothing is lost
    if (names.length > 0) present.push(name);
  }
  return present;
}

async function listKept(replacements: readonly Replacement[]): Promise<string[]> {
  const kept: string[] = [];
  for (const { keep } of replacements) if (await isThere(keep)) kept.push(dirname(keep));
  return [...new Set(kept)];
}

async function isSame(path: string, other: string): Promise<boolean> {
  if (!(await isThere(path))) return false;
  return (await hashOf(path)) === (await hashOf(other));
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function hashOf(path: string): Promise<string> {
  return (await hashInside(dirname(path), basename(path))).sha256;
}
