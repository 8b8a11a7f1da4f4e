import { lstatSync, realpathSync, type BigIntStats } from 'node:fs';
import { isWithin } from '../../../base/files/is-within.ts';
import type { WalkErrorCode } from './walk-entries.ts';

export type LinkTarget =
  | { kind: 'file'; realPath: string; stats: BigIntStats }
  | { kind: 'folder'; realPath: string }
  | { kind: 'special' }
  /** A file outside the root: an error where the patterns accept the link, else ignored. */
  | { kind: 'outside-file'; code: WalkErrorCode; message: string }
  | { kind: 'error'; code: WalkErrorCode; message: string };

/** Resolves a symbolic link, as long as it leads inside the root (given as its real path). Opens nothing. */
export function resolveLink(linkPath: string, realRoot: string): LinkTarget {
  try {
    const realPath = realpathSync.native(linkPath);
    if (!isWithin(realPath, realRoot)) {
      return { ...leadsOutside, kind: lstatSync(realPath).isDirectory() ? 'error' : 'outside-file' };
    }
    // The real path is looked at, not the link: nobody can redirect the link between the check and this call.
    const stats = lstatSync(realPath, { bigint: true });
    if (stats.isFile()) return { kind: 'file', realPath, stats };
    return stats.isDirectory() ? { kind: 'folder', realPath } : { kind: 'special' };
  } catch (error) {
    return describeDeadEnd((error as NodeJS.ErrnoException).code ?? String(error));
  }
}

const leadsOutside = {
  code: 'SYMLINK_OUTSIDE_ROOT',
  message:
    'The link leads out of the category. Move its target below the root, or make that folder a category of its own.',
} as const;

function describeDeadEnd(code: string): LinkTarget {
  if (code === 'EACCES' || code === 'EPERM') {
    const message = `The link cannot be followed (${code}). Let the service's user search the folders on its way.`;
    return { kind: 'error', code: 'UNREADABLE_FILE', message };
  }
  const message = `The link leads nowhere (${code}). Restore its target or remove the link.`;
  return { kind: 'error', code: 'BROKEN_SYMLINK', message };
}
