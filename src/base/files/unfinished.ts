import { createHash, randomUUID } from 'node:crypto';
import { opendir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { isProcessAlive } from './is-process-alive.ts';

const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
/** Distinguishes this process from an earlier one with the same number, such as the last life of a container. */
const instance = randomUUID().slice(0, 8);
const pattern = /([\da-f]{8})\.(\d+)\.([\da-f]{8})\.[\da-f-]{36}/;
const abandonedAfterMs = 60 * 60_000;

/**
 * Returns a new name for what is being made, to be part of its file's name or all of it. The name identifies the
 * process: what a killed one left is recognised at once, and what a living one is about to finish is left alone.
 */
export function unfinishedName(): string {
  return `${host}.${process.pid}.${instance}.${randomUUID()}`;
}

/**
 * Whether nobody will finish the file or folder, as its process has ended. Where that cannot be known, because its host
 * is another one or its name says nothing, it counts as abandoned when it has not changed for an hour.
 */
export async function isAbandoned(path: string): Promise<boolean> {
  const [, maker, pid, made] = pattern.exec(path) ?? [];
  if (maker === host && Number(pid) === process.pid) return made !== instance;
  if (maker === host && !isProcessAlive(Number(pid))) return true;
  const stats = await stat(path).catch(() => null); // finished meanwhile
  return stats !== null && Date.now() - stats.mtimeMs > abandonedAfterMs;
}

/** Removes what was abandoned in a folder before a start. A failure is logged and no more: the rest only costs room. */
export async function clearAbandoned(folder: string, log: Pick<Logger, 'warn'>): Promise<void> {
  await removeAbandoned(folder).catch((error: unknown) => {
    log.warn({ err: error, folder }, 'what killed processes left could not be removed');
  });
}

/** Removes what was abandoned in a folder, among the names that hold an `unfinishedName` and that `isMeant` accepts. */
export async function removeAbandoned(folder: string, isMeant = (_name: string): boolean => true): Promise<void> {
  const entries = await opendir(folder, { bufferSize: 1_000 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []; // nothing was ever made there
    throw error;
  });
  for await (const { name } of entries) {
    const path = join(folder, name);
    if (pattern.test(name) && isMeant(name) && (await isAbandoned(path)))
      await rm(path, { recursive: true, force: true });
  }
}
