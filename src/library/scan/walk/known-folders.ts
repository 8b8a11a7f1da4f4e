import { statSync } from 'node:fs';
import { comparePaths } from './path-order.ts';

/** Folders by their paths, as they go to the walking thread: two long texts are cloned far quicker than many objects. */
export interface EncodedFolders {
  /** Joined by NUL. */
  paths: string;
  /** Joined by NUL, in the order of the paths; '' for a folder that has to be looked at. */
  signatures: string;
  /** A folder that changed less long ago gets no signature: a later change could leave the same times. */
  settledMs: number;
}

/** No file system counts time in longer steps: FAT's are two seconds. */
export const folderSettledMs = 5_000;

/** The folders that an earlier scan saw, as the walk gets them. */
export interface KnownFolders {
  /**
   * The names of the folders in this one, each with a `/` at its end and in path order, where it has not changed since;
   * null where it has to be looked at.
   */
  childrenOfUnchanged(prefix: string, signature: string | null): string[] | null;
  /**
   * Returns a value that differs when a folder's names have changed; null where that cannot be known. Throws what
   * `statSync` throws.
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
 * Adding, removing and renaming sets the modification time of a folder; what sets that time back, such as a restored
 * backup, sets the change time. Another folder in its place has another inode.
 */
function signFolder(realPath: string, settledMs: number): string | null {
  const { ino, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = statSync(realPath, { bigint: true });
  const changedAt = Number(mtimeMs > ctimeMs ? mtimeMs : ctimeMs);
  if (Date.now() - changedAt < settledMs) return null;
  return [ino, mtimeNs, ctimeNs].map((value) => value.toString(36)).join('.');
}
