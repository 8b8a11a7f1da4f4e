import { accessSync, constants, type BigIntStats } from 'node:fs';

const ownerMayRead = BigInt(constants.S_IRUSR);
const everyoneMayRead = BigInt(constants.S_IRUSR | constants.S_IRGRP | constants.S_IROTH);

/**
 * Whether this process may read the file, which it does not open. Only where the mode leaves it in doubt (groups,
 * access lists, another owner) is the system asked, which answers for the real user, not for an effective one.
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
    return false; // EACCES, or out of reach by now: either way nothing can be said about the file.
  }
}
