import { accessSync, constants, type BigIntStats } from 'node:fs';

const ownerMayRead = BigInt(constants.S_IRUSR);
const everyoneMayRead = BigInt(constants.S_IRUSR | constants.S_IRGRP | constants.S_IROTH);

/**
 * Whether this process may read the file; the file is not opened. The system is asked only where the mode leaves a doubt
 * (groups, access lists, another owner); it answers for the real user, not for an effective one.
 */
export function isReadable(path: string, stats: BigIntStats): boolean {
  if ((stats.mode & everyoneMayRead) === everyoneMayRead) return true;
  const userId = process.getuid?.();
  if (userId === undefined || userId === 0) return true;
  if (stats.uid === BigInt(userId)) return (stats.mode & ownerMayRead) !== 0n;
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false; // EACCES, or the file is out of reach by now: it cannot be read either way.
  }
}
