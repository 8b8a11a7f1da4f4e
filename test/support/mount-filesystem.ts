import { execFileSync, spawnSync } from 'node:child_process';
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
