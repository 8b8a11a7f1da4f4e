import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolderInside } from '../../../base/files/open-folder-inside.ts';
import type { AllowedPath } from '../../hashing/allowed-path.ts';
import { comparePaths } from '../../scan/walk/path-order.ts';

const pictures = /\.(?:png|jpe?g|webp|gif)$/i;
const mostFolders = 200;

/** The folders beside a legacy database that have pictures in them, that of the earlier application's own name first. */
export async function findPictureFolders({ realPath, relativePath, rootPath }: AllowedPath): Promise<string[]> {
  const beside = join(relativePath, '..');
  const folder = await openFolderInside(rootPath, beside).catch(() => null);
  if (folder === null) return [];
  const found: string[] = [];
  try {
    const names = await folder.list().catch(() => []);
    for (const name of names.toSorted(comparePaths).slice(0, mostFolders)) {
      const stats = await lstat(folder.at(name)).catch(() => null);
      if (stats?.isDirectory() && (await hasPictures(rootPath, join(beside, name)))) {
        found.push(join(realPath, '..', name));
      }
    }
  } finally {
    await folder.close();
  }
  return found.toSorted((a, b) => Number(isUsual(b)) - Number(isUsual(a)));
}

/** As the earlier application called it. */
const isUsual = (path: string) => path.endsWith('/media');

async function hasPictures(rootPath: string, relativePath: string): Promise<boolean> {
  const folder = await openFolderInside(rootPath, relativePath).catch(() => null);
  if (folder === null) return false;
  try {
    return (await folder.list().catch(() => [])).some((name) => pictures.test(name));
  } finally {
    await folder.close();
  }
}
