import { lstat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { openFolderInside } from '../../base/files/open-folder-inside.ts';
import { openInside } from '../../base/files/open-inside.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import { isStorableText } from '../../base/text.ts';
import { comparePaths } from '../scan/walk/path-order.ts';

/** A database that may be the earlier application's: only a migration looks into it. */
export interface LegacySource {
  path: string;
  sizeBytes: number;
  modifiedAt: Date;
}

export interface SourceLimits {
  sources: number;
  /** How many names of files and folders are looked at. */
  names: number;
  depth: number;
}

export const sourceLimits: SourceLimits = { sources: 100, names: 20_000, depth: 8 };

const extensions = /\.(?:db3?|sqlite[23]?|sqlitedb|s3db|sl3)$/i;
const header = 'SQLite format 3\0';

/**
 * Finds SQLite databases below the folders, those nearest to them first. Symbolic links are not followed, and folders that cannot be
 * read are passed by. Ends when a limit is reached.
 */
export async function listLegacySources(
  roots: readonly string[],
  limits: SourceLimits = sourceLimits,
): Promise<LegacySource[]> {
  const found = new Map<string, LegacySource>();
  let namesLeft = limits.names;
  let level = roots.filter(isAbsolute).map((root) => ({ root: resolve(root), folder: '' }));
  for (let depth = 0; depth <= limits.depth && level.length > 0; depth += 1) {
    const below: typeof level = [];
    for (const { root, folder } of level) {
      for await (const { name, kind } of readFolder(root, folder)) {
        if (found.size >= limits.sources || (namesLeft -= 1) < 0) return [...found.values()];
        const path = join(folder, name);
        if (kind === 'folder') below.push({ root, folder: path });
        else if (extensions.test(name)) {
          const source = await readSource(root, path);
          if (source !== null) found.set(source.path, source);
        }
      }
    }
    level = below;
  }
  return [...found.values()];
}

async function* readFolder(root: string, path: string): AsyncGenerator<{ name: string; kind: 'file' | 'folder' }> {
  // Whatever cannot be read has no database to offer.
  const folder = await openFolderInside(root, path).catch(() => null);
  if (folder === null) return;
  try {
    const names = await folder.list().catch(() => []);
    for (const name of names.toSorted(comparePaths)) {
      const stats = isStorableText(name) ? await lstat(folder.at(name)).catch(() => null) : null;
      if (stats?.isDirectory()) yield { name, kind: 'folder' };
      else if (stats?.isFile()) yield { name, kind: 'file' };
    }
  } finally {
    await folder.close();
  }
}

/** Returns null for what is no SQLite database, or cannot be read. */
async function readSource(root: string, path: string): Promise<LegacySource | null> {
  try {
    const { handle, stats } = await openInside(root, path);
    try {
      const start = Buffer.alloc(header.length);
      await handle.read(start, 0, start.length, 0);
      if (start.toString('latin1') !== header) return null;
      return { path: join(root, path), sizeBytes: Number(stats.size), modifiedAt: stats.mtime };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
