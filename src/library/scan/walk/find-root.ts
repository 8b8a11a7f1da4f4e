import { realpathSync, statSync, type BigIntStats } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { WalkError } from './walk-entries.ts';
import { isAbsence, walkError, walkFailure } from './walk-failure.ts';

export type Root =
  | {
      state: 'ok';
      realPath: string;
      /** Whether another folder, or nothing, is there by now: an unmounted share leaves an empty folder behind. */
      wasReplaced(): boolean;
    }
  | { state: 'missing' }
  | { state: 'unreadable'; error: WalkError };

/** Finds a category's root, which may be a symbolic link. */
export function findRoot(rootPath: string): Root {
  // A Windows path on another system would be looked up below the working folder.
  if (!isAbsolute(rootPath)) return { state: 'missing' };
  try {
    const realPath = realpathSync.native(rootPath);
    const stats = statSync(realPath, { bigint: true });
    if (!stats.isDirectory()) return { state: 'unreadable', error: rootIsNoFolder };
    return { state: 'ok', realPath, wasReplaced: () => !isStill(realPath, stats) };
  } catch (error) {
    return isAbsence(error) ? { state: 'missing' } : { state: 'unreadable', error: walkFailure('', 'folder', error) };
  }
}

const rootIsNoFolder = walkError(
  '',
  'folder',
  'UNREADABLE_FOLDER',
  'The root of the category is not a folder. Set its root_path to one.',
);

function isStill(realPath: string, { dev, ino }: BigIntStats): boolean {
  try {
    const stats = statSync(realPath, { bigint: true });
    return stats.dev === dev && stats.ino === ino;
  } catch {
    return false; // The folder is gone or out of reach: in both cases, what the walk did not find may still exist.
  }
}
