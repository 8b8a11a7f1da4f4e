import { stat, type FileHandle } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { openInside } from '../files/open-inside.ts';
import { DomainError } from '../errors/domain-error.ts';
import { digestInLoop, digestOverlapped, type Digest } from './digest-file.ts';
import { openHashMeter, type HashMeter } from './hash-control.ts';

export interface HashInput {
  files: { rootPath: string; relativePath: string }[];
  /** Of a HashControl. */
  memory: SharedArrayBuffer;
  /** Whether nothing else is being hashed: then a large file is read ahead. */
  isAlone: boolean;
}

/** The file as it was while it was hashed; `modifiedNs` in decimal, since JSON knows no such number. */
export interface HashedFile {
  ok: true;
  sha256: string;
  sizeBytes: number;
  modifiedNs: string;
}

/** Error classes do not survive the way out of the worker. */
export type HashResult = HashedFile | { ok: false; code: string; message: string };

/** A file that is written to without pause is given up after so many attempts. */
const attempts = 3;

/** The SHA-256 of each file, in their order. One that cannot be hashed is an answer, never an exception. */
export async function hashFiles({ files, memory, isAlone }: HashInput): Promise<HashResult[]> {
  const meter = openHashMeter(memory);
  const results: HashResult[] = [];
  for (const file of files) {
    meter.beat();
    results.push(await hashFile(file, meter, isAlone));
  }
  return results;
}

async function hashFile(file: HashInput['files'][number], meter: HashMeter, isAlone: boolean): Promise<HashResult> {
  try {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const hashed = await hashOnce(file, meter, isAlone);
      if (hashed === 'stopped') return { ok: false, code: 'HASH_STOPPED', message: 'The hashing was stopped.' };
      if (hashed !== 'changed') return hashed;
    }
    const message = `The file was changed each of the ${attempts} times that it was hashed: wait until it is written.`;
    return { ok: false, code: 'FILE_KEEPS_CHANGING', message };
  } catch (error) {
    const code = error instanceof DomainError ? error.code : 'FILE_UNREADABLE';
    return { ok: false, code, message: error instanceof Error ? error.message : String(error) };
  }
}

async function hashOnce(
  { rootPath, relativePath }: HashInput['files'][number],
  meter: HashMeter,
  isAlone: boolean,
): Promise<HashedFile | 'changed' | 'stopped'> {
  const { handle, stats } = await openInside(rootPath, relativePath);
  try {
    const digest = isAlone ? await digestOverlapped(handle.fd, meter) : digestInLoop(handle.fd, meter);
    if (digest === null) return 'stopped';
    const isSame = await isUnchanged(join(rootPath, relativePath), handle, stats, digest);
    if (!isSame) return 'changed';
    return { ok: true, ...digest, modifiedNs: String(stats.mtimeNs) };
  } finally {
    await handle.close();
  }
}

/** Whether the open file is as it was, and its name still means it: it may have been written to, or replaced. */
async function isUnchanged(path: string, handle: FileHandle, before: BigIntStats, digest: Digest): Promise<boolean> {
  const after = await handle.stat({ bigint: true });
  const named = await stat(path, { bigint: true }).catch(() => null); // gone: hashed again, and then not found
  return (
    BigInt(digest.sizeBytes) === before.size &&
    [after, named].every((now) => now?.ino === before.ino && now.size === before.size && now.mtimeNs === before.mtimeNs)
  );
}
