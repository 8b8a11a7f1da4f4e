import { fstat, fstatSync, lstatSync, readlinkSync, realpathSync, type BigIntStats } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { promisify } from 'node:util';

/** An open file or folder, and the path by which it was opened. */
interface Opened {
  fd: number;
  path: string;
}

/**
 * Finds where an open file or folder lies, free of symbolic links; null where that cannot be proven. A file that lost
 * its name meanwhile has ` (deleted)` after it.
 */
export async function findRealPath(opened: Opened): Promise<string | null> {
  return askKernel(opened) ?? findRealPathByIdentity(opened);
}

/** `findRealPath`, blocking. */
export function findRealPathSync(opened: Opened): string | null {
  return askKernel(opened) ?? findRealPathByIdentitySync(opened);
}

/**
 * Asks the kernel about the descriptor: no name is looked up again, so there is no race to win. The answer comes from
 * memory, whatever the disk does, so a synchronous call waits for nothing. Null where the system gives no answer.
 */
function askKernel({ fd }: Opened): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch (error) {
    // A container may come without /proc.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Finds the path where the system cannot name a descriptor's file: the name is looked up once more, and must lead to
 * the very file that is open. Somebody who swaps folders three times in the right moments could still win.
 */
export async function findRealPathByIdentity({ fd, path }: Opened): Promise<string | null> {
  const realPath = await realpath(path);
  const [opened, named] = await Promise.all([describe(fd, { bigint: true }), lstat(realPath, { bigint: true })]);
  return isSame(opened, named) ? realPath : null;
}

/** `findRealPathByIdentity`, blocking. */
export function findRealPathByIdentitySync({ fd, path }: Opened): string | null {
  const realPath = realpathSync.native(path);
  return isSame(fstatSync(fd, { bigint: true }), lstatSync(realPath, { bigint: true })) ? realPath : null;
}

const describe = promisify(fstat);

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}
