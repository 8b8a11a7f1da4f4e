import { lstatSync, realpathSync, type BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { parentsOf } from '../../../base/text.ts';
import type { Matcher } from '../../catalogue/match-patterns.ts';
import { isWithin } from '../../../base/files/is-within.ts';
import type { WalkError } from './walk-entries.ts';
import { isAbsence, walkError, walkFailure } from './walk-failure.ts';

export type WalkStart =
  | { kind: 'folder'; prefix: string; realPath: string }
  | { kind: 'file'; realPath: string; stats: BigIntStats }
  /** Nothing of the category is there, or only what its patterns exclude. */
  | { kind: 'nothing' }
  | { kind: 'error'; error: WalkError };

/** Finds where a walk through one place of a root begins; '' is the root itself. */
export function findStart(realRoot: string, relativePath: string, matcher: Matcher): WalkStart {
  if (relativePath === '') return { kind: 'folder', prefix: '', realPath: realRoot };
  if (!parentsOf(relativePath).every((folder) => matcher.descends(folder))) return { kind: 'nothing' };
  try {
    const realPath = realpathSync.native(join(realRoot, relativePath));
    if (!isWithin(realPath, realRoot)) {
      const message = 'The path leads out of the category through a link.';
      return { kind: 'error', error: walkError(relativePath, 'folder', 'SYMLINK_OUTSIDE_ROOT', message) };
    }
    const stats = lstatSync(realPath, { bigint: true });
    if (stats.isFile()) return matcher.accepts(relativePath) ? { kind: 'file', realPath, stats } : { kind: 'nothing' };
    if (!stats.isDirectory() || !matcher.descends(relativePath)) return { kind: 'nothing' };
    return { kind: 'folder', prefix: `${relativePath}/`, realPath };
  } catch (error) {
    if (isLink(join(realRoot, relativePath))) {
      const message = 'The link leads nowhere. Restore its target or remove the link.';
      return { kind: 'error', error: walkError(relativePath, 'file', 'BROKEN_SYMLINK', message) };
    }
    return isAbsence(error)
      ? { kind: 'nothing' }
      : { kind: 'error', error: walkFailure(relativePath, 'folder', error) };
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false; // Nothing is there, or it is out of reach.
  }
}
