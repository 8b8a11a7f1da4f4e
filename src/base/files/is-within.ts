import { sep } from 'node:path';

/**
 * Whether an absolute path is the folder or lies below it, by its text alone: both are free of `..`, and of symbolic
 * links where it matters what is really there.
 */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
