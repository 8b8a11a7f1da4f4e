import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { FileNotFoundOnDiskError, NotARegularFileError } from '../../base/files/file-errors.ts';
import { openInside } from '../../base/files/open-inside.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import type { AllowedPath } from '../hashing/allowed-path.ts';
import { copyOpenFile } from '../../base/files/stream-to-file.ts';
import { LegacyDatabaseError } from './legacy-errors.ts';

/** Suffixes of files that belong to a database: changes that are not in it yet, or are to be undone. */
const companions = ['-wal', '-journal'];
const attempts = 3;

/**
 * Copies a SQLite database into a folder of its own that only this user may read, and returns the copy's path. SQLite
 * would write beside the original, even in read-only mode. Throws LegacyDatabaseError where it is missing, locked,
 * unreadable, no file, or keeps changing.
 */
export async function copyLegacyDatabase(file: AllowedPath, folder: string, signal?: AbortSignal): Promise<string> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  const copy = join(folder, 'legacy.sqlite3');
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const before = await copyParts(file, copy, signal);
    if (before === (await describeParts(file))) return copy;
  }
  throw new LegacyDatabaseError(
    'CHANGING',
    `${file.realPath} is being written to: close the application that uses it.`,
  );
}

/** Copies the parts, and returns the description that they had before. */
async function copyParts(file: AllowedPath, copy: string, signal?: AbortSignal): Promise<string> {
  const before = await describeParts(file);
  for (const suffix of ['', ...companions]) {
    await rm(copy + suffix, { force: true });
    await usePart(file, suffix, async (handle) => copyOpenFile(handle, copy + suffix, signal));
  }
  return before;
}

async function describeParts(file: AllowedPath): Promise<string> {
  const parts: string[] = [];
  for (const suffix of ['', ...companions]) {
    await usePart(file, suffix, async (_handle, stats) => {
      if (suffix === '') await checkLock(file, stats);
      parts.push(`${suffix}:${stats.ino}:${stats.size}:${stats.mtimeNs}`);
    });
  }
  return parts.join(' ');
}

type Use = (handle: Awaited<ReturnType<typeof openInside>>['handle'], stats: BigIntStats) => Promise<void>;

/** Opens one part. A companion may be missing; without the database itself there is nothing to copy. */
async function usePart({ rootPath, relativePath, realPath }: AllowedPath, suffix: string, use: Use): Promise<void> {
  let opened: Awaited<ReturnType<typeof openInside>>;
  try {
    opened = await openInside(rootPath, relativePath + suffix);
  } catch (error) {
    if (error instanceof FileNotFoundOnDiskError && suffix !== '') return;
    throw explain(error, realPath + suffix);
  }
  try {
    await use(opened.handle, opened.stats);
  } finally {
    await opened.handle.close();
  }
}

function explain(error: unknown, path: string): unknown {
  if (!(error instanceof DomainError)) return error;
  if (error instanceof FileNotFoundOnDiskError) {
    return new LegacyDatabaseError('MISSING', `There is no legacy database at ${path}.`, { cause: error });
  }
  if (error instanceof NotARegularFileError) {
    return new LegacyDatabaseError('NOT_SQLITE', `${path} is no file, such as a folder.`, { cause: error });
  }
  return new LegacyDatabaseError('UNREADABLE', `${path} cannot be read: ${error.message}`, { cause: error });
}

// SQLite's file format, section "File locking": these bytes are locked and never written.
const firstLockByte = 1_073_741_824;
const lastLockByte = firstLockByte + 511;

/**
 * Throws LegacyDatabaseError where a process has locked the database for writing, and may be in the middle of it. A copy
 * meets no lock, so Linux is asked who has one; elsewhere only changes during the copy are noticed.
 */
async function checkLock({ realPath }: AllowedPath, { ino, dev }: BigIntStats): Promise<void> {
  if (process.platform !== 'linux') return;
  const locks = await readFile('/proc/locks', 'utf8').catch(() => ''); // a container may come without
  for (const line of locks.split('\n')) {
    const [, , , kind, , file, from, to] = line.trim().split(/\s+/);
    if (kind !== 'WRITE' || file === undefined) continue;
    const [major = '', minor = '', inode = ''] = file.split(':');
    const isIt = BigInt(inode) === ino && isDevice(dev, Number.parseInt(major, 16), Number.parseInt(minor, 16));
    const reaches = Number(from) <= lastLockByte && (to === 'EOF' || Number(to) >= firstLockByte);
    if (isIt && reaches) {
      throw new LegacyDatabaseError('LOCKED', `${realPath} is locked by an application that writes to it: close it.`);
    }
  }
}

/** Compares the parts of a device number as Linux' `makedev` stores them; below 4096 and 256 they take the lower 20 bits. */
function isDevice(dev: bigint, major: number, minor: number): boolean {
  return Number((dev >> 8n) & 0xfffn) === major && Number((dev & 0xffn) | ((dev >> 12n) & 0xfff00n)) === minor;
}
