import { randomBytes } from 'node:crypto';
import { mkdir, open, realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { DomainError } from '../../base/errors/domain-error.ts';
import { openFolderInside, type OpenedFolder } from '../../base/files/open-folder-inside.ts';
import { shadowPrefix } from '../hashing/mock-hasher.ts';
import type { LegacyIssue } from './migration-report.ts';

export interface ShadowReport {
  written: number;
  /** Number of files that were there; none is ever overwritten. */
  alreadyPresent: number;
  refused: LegacyIssue[];
}

const saltBytes = 16;

/**
 * Writes a small file for each legacy path, `<folder>/<its folders>/shadow_<its name>`: a tree to try a migration with. The
 * drive's colon and the separator in front are dropped. Nothing is written outside the folder, not even through a symbolic
 * link in it.
 */
export async function writeShadowFiles(
  models: AsyncIterable<readonly { item: string; path: string }[]>,
  folder: string,
): Promise<ShadowReport> {
  await mkdir(folder, { recursive: true });
  const root = await realpath(folder);
  const report: ShadowReport = { written: 0, alreadyPresent: 0, refused: [] };
  for await (const page of models) {
    for (const { item, path } of page) {
      const relativePath = shadowPathOf(path);
      const outcome = relativePath === null ? 'outside' : await writeShadow(root, relativePath);
      if (outcome === 'written') report.written += 1;
      else if (outcome === 'present') report.alreadyPresent += 1;
      else
        report.refused.push({
          item,
          code: 'PATH_NOT_MIRRORED',
          message: `"${path.slice(0, 200)}" has no place below the folder.`,
        });
    }
  }
  return report;
}

/** The path of the shadow of a legacy path, below the folder; null for a path that leads elsewhere. */
export function shadowPathOf(legacyPath: string): string | null {
  const segments = legacyPath.split(/[\\/]+/).filter((segment) => segment !== '' && segment !== '.');
  // A drive is the same in any case, and one mapping leads to it.
  const parts = segments.map((segment) =>
    segment.replace(/^[a-z]:$/, (drive) => drive.toUpperCase()).replaceAll(':', ''),
  );
  const name = parts.pop();
  if (name === undefined || name === '' || [...parts, name].some((part) => part === '..' || part.includes('\0')))
    return null;
  return join(...parts, `${shadowPrefix}${name}`);
}

async function writeShadow(root: string, relativePath: string): Promise<'written' | 'present' | 'outside'> {
  let folder: OpenedFolder | undefined;
  try {
    folder = await makeFolderInside(root, dirname(relativePath));
    const file = await open(folder.at(basename(relativePath)), 'wx');
    try {
      await file.writeFile(randomBytes(saltBytes));
    } finally {
      await file.close();
    }
    return 'written';
  } catch (error) {
    // A link leads out of the folder, or a file stands where a folder should.
    if (error instanceof DomainError) return 'outside';
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return 'present';
    // A name is too long for this disk, or somebody removed the folder meanwhile.
    if (code === 'ENAMETOOLONG' || code === 'EINVAL' || code === 'ENOENT') return 'outside';
    throw error;
  } finally {
    await folder?.close();
  }
}

/** Makes the folders one by one, each in the one before it that is held open, so that none is made behind a link. */
async function makeFolderInside(root: string, relativeFolder: string): Promise<OpenedFolder> {
  let current = '';
  let folder = await openFolderInside(root, current);
  for (const part of relativeFolder.split(sep).filter((segment) => segment !== '.')) {
    try {
      await mkdir(folder.at(part)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
    } finally {
      await folder.close();
    }
    current = join(current, part);
    folder = await openFolderInside(root, current);
  }
  return folder;
}
