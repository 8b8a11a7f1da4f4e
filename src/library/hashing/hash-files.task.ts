import { closeSync, fstatSync, statSync, type BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { openInsideSync } from '../../base/files/open-inside.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import { digestFile, type Digest } from './digest-file.ts';
import { createHashMeter, type HashMeter } from './hash-control.ts';

export interface HashInput {
  files: { rootPath: string; relativePath: string }[];
  /** The memory of a HashControl. */
  memory: SharedArrayBuffer;
}

/** The file as it was while it was hashed; `modifiedNs` in decimal, since JSON knows no such number. */
export interface HashedFile {
  ok: true;
  sha256: string;
  sizeBytes: number;
  modifiedNs: string;
}

/** Errors are plain data here, since error classes do not survive the way out of the worker. */
export type HashResult = HashedFile | { ok: false; code: string; message: string };

/** A file that is written to without pause is given up after so many attempts. */
const maxAttempts = 3;

/**
 * Hashes files and returns results in their order. A file that cannot be hashed is a result, never an exception.
 * Opening and reading small files blocks the thread: to wait for another thread to do it would cost as much as the
 * hash.
 */
export async function hashFiles({ files, memory }: HashInput): Promise<HashResult[]> {
  const meter = createHashMeter(memory);
  const results: HashResult[] = [];
  for (const file of files) {
    meter.beat();
    results.push(await hashFile(file, meter));
  }
  return results;
}

async function hashFile(file: HashInput['files'][number], meter: HashMeter): Promise<HashResult> {
  try {
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const hashed = await hashOnce(file, meter);
      if (hashed === 'stopped') return { ok: false, code: 'HASH_STOPPED', message: 'The hashing was stopped.' };
      if (hashed !== 'changed') return hashed;
    }
    const message = `The file was changed each of the ${maxAttempts} times that it was hashed: wait until it is written.`;
    return { ok: false, code: 'FILE_KEEPS_CHANGING', message };
  } catch (error) {
    const code = error instanceof DomainError ? error.code : 'FILE_UNREADABLE';
    return { ok: false, code, message: error instanceof Error ? error.message : String(error) };
  }
}

async function hashOnce(
  { rootPath, relativePath }: HashInput['files'][number],
  meter: HashMeter,
): Promise<HashedFile | 'changed' | 'stopped'> {
  const { fd, stats: before } = openInsideSync(rootPath, relativePath);
  try {
    const digest = await digestFile({ fd, sizeBytes: Number(before.size) }, meter);
    if (digest === null) return 'stopped';
    const isSame = isUnchanged(join(rootPath, relativePath), fd, before, digest);
    if (!isSame) return 'changed';
    return { ok: true, ...digest, modifiedNs: String(before.mtimeNs) };
  } finally {
    closeSync(fd);
  }
}

/** Whether the open file is as it was, and its path still leads to it: it may have been written to, or replaced. */
function isUnchanged(path: string, fd: number, before: BigIntStats, digest: Digest): boolean {
  const after = fstatSync(fd, { bigint: true });
  const atPath = statsAt(path);
  return (
    BigInt(digest.sizeBytes) === before.size &&
    [after, atPath].every(
      (now) => now?.ino === before.ino && now.size === before.size && now.mtimeNs === before.mtimeNs,
    )
  );
}

function statsAt(path: string): BigIntStats | null {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return null; // the file is gone: the next attempt reports that
  }
}
