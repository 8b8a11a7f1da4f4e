import { execFileSync, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** Whether this process may: only root, and not in every container. */
export const canMount = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

/** A filesystem of its own, in memory, with these options of `mount`; it goes with the test. */
export async function mountFilesystem(...options: string[]): Promise<string> {
  const folder = await temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', ...options, 'tmpfs', folder], { stdio: 'ignore' });
  onTestFinished(() => void execFileSync('umount', [folder]));
  return folder;
}

/** Leaves no room on the filesystem of the folder; gives the file that took it. */
export async function fillFilesystem(folder: string): Promise<string> {
  const path = join(folder, 'filler');
  for (let size = 4 * 1024 ** 2; size >= 4_096;) {
    const isWritten = await writeFile(path, Buffer.alloc(size), { flag: 'a' }).then(
      () => true,
      () => false, // as much of it as there was room for is written
    );
    if (!isWritten) size /= 2;
  }
  return path;
}
