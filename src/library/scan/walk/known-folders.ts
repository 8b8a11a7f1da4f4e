import { statSync } from 'node:fs';
import { comparePaths } from './path-order.ts';

/** Folders, encoded for the walking thread: two long texts are cloned far more quickly than many objects. */
export interface EncodedFolders {
  /** The paths, joined by NUL. */
  paths: string;
  /** The signatures, joined by NUL, in the order of the paths; '' for a folder that has to be looked at. */
  signatures: string;
  /** A folder that changed more recently than this gets no signature: a later change could leave the same times. */
  settledMs: number;
}

/** Longer than the time steps of any file system: FAT's are two seconds. */
export const folderSettledMs = 5_000;

/** The folders that an earlier scan saw. */
export interface KnownFolders {
  /**
   * Returns the names of the folders in this one, each with a `/` at its end and in path order, where it has not changed
   * since; null where it has to be looked at.
   */
  childrenOfUnchanged(prefix: string, signature: string | null): string[] | null;
  /**
   * Returns a signature that changes with the names in a folder; null for a recent change. Throws what `statSync`
   * throws.
   */
  sign(realPath: string): string | null;
}

export function decodeFolders({ paths, signatures, settledMs }: EncodedFolders): KnownFolders {
  const known = new Map<string, string>();
  const children = new Map<string, string[]>();
  const allSignatures = signatures.split('\0');
  for (const [index, path] of paths.split('\0').entries()) {
    known.set(path, allSignatures[index] ?? '');
    if (path === '') continue;
    const parent = path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);
    const names = children.get(parent);
    if (names === undefined) children.set(parent, [path.slice(parent.length)]);
    else names.push(path.slice(parent.length));
  }
  return {
    childrenOfUnchanged(prefix, signature) {
      if (signature === null || known.get(prefix) !== signature) return null;
      return (children.get(prefix) ?? []).sort(comparePaths);
    },
    sign: (realPath) => signFolder(realPath, settledMs),
  };
}

/**
 * The signature consists of inode and times. Adding, removing and renaming sets the modification time of a folder; what
 * sets that time back, such as a restored backup, sets the change time. Another folder at its path has another inode.
 */
function signFolder(realPath: string, settledMs: number): string | null {
  const { ino, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = statSync(realPath, { bigint: true });
  const changedAt = Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs);
  if (Date.now() - changedAt < settledMs) return null;
  return [ino, mtimeNs, ctimeNs].map((value) => value.toString(36)).join('.');
}
