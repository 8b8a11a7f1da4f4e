import { isAbsolute, resolve } from 'node:path';

/** Whether a path names a drive (`T:/Movies`, `D:\x`) or a Windows share (`\\server\share`). */
export function isWindowsPath(path: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path);
}

/**
 * Whether a path names a drive without a slash behind it. `T:` and `T:Movies` mean a different folder for each process:
 * Windows keeps a current folder for each drive.
 */
export function isDriveRelative(path: string): boolean {
  return /^[A-Za-z]:(?![\\/])/.test(path);
}

/**
 * Returns the absolute root folder for a `root_path`; a relative one starts at `baseDir`. A Windows path on another
 * system stays as it was written, so that a configuration can be moved between machines and still names its roots.
 */
export function resolveRootPath(path: string, baseDir: string): string {
  if (isWindowsPath(path) && !isAbsolute(path)) return path;
  return resolve(baseDir, path);
}
