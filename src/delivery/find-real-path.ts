import { readlinkSync } from 'node:fs';
import { lstat, realpath, type FileHandle } from 'node:fs/promises';

/**
 * Where an open file lies, free of symbolic links; null where that cannot be proven. `path` is what it was opened by.
 * A file that lost its name meanwhile has ` (deleted)` after it.
 */
export async function findRealPath(handle: FileHandle, path: string): Promise<string | null> {
  if (process.platform === 'linux') {
    try {
      // The kernel's own answer about the descriptor: no name is looked up again, so there is no race to win. It comes
      // from memory, whatever the disk does, so it need not wait for a thread.
      return readlinkSync(`/proc/self/fd/${handle.fd}`);
    } catch (error) {
      // A container may come without /proc.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  return findRealPathByIdentity(handle, path);
}

/**
 * The same where the system cannot name a descriptor's file: the name is looked up once more, and must lead to the
 * very file that is open. Somebody who swaps folders three times in the right moments could still win.
 */
export async function findRealPathByIdentity(handle: FileHandle, path: string): Promise<string | null> {
  const realPath = await realpath(path);
  const [opened, named] = await Promise.all([handle.stat({ bigint: true }), lstat(realPath, { bigint: true })]);
  return opened.dev === named.dev && opened.ino === named.ino ? realPath : null;
}
