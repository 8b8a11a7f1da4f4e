import { join } from 'node:path';
import { DomainError } from '../../base/errors/domain-error.ts';
import { listInside } from '../../base/files/open-folder-inside.ts';

/**
 * Finds the path of the only file whose path differs from the given one just in case, or in the form of its accents: the
 * earlier application ran on systems that take them for one. Both paths start at the root. Returns null where there is
 * none, or more than one.
 */
export async function findOtherCase(rootPath: string, relativePath: string): Promise<string | null> {
  let found = [''];
  for (const segment of relativePath.split('/')) {
    const next: string[] = [];
    for (const folder of found.slice(0, maxFolders)) {
      for (const name of await listAlike(rootPath, folder, segment)) next.push(join(folder, name));
    }
    found = next;
  }
  return found.length === 1 ? (found[0] as string) : null;
}

/** Folders whose names differ in case alone are looked through side by side; nobody has many of them. */
const maxFolders = 8;

async function listAlike(rootPath: string, folder: string, segment: string): Promise<string[]> {
  const key = keyOf(segment);
  try {
    return (await listInside(rootPath, folder)).filter((name) => keyOf(name) === key);
  } catch (error) {
    if (error instanceof DomainError) return []; // It is no folder, or may not be read.
    throw error;
  }
}

function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
