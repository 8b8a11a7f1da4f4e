import { access, constants, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { CategoryConfig } from './media-config.ts';

/** What this process can do with the root folder of a category at this moment. */
export interface RootState {
  /** The category's key. */
  category: string;
  rootPath: string;
  /** Whether the root is a folder; a file of that name does not count. */
  exists: boolean;
  /** Whether the folder can be listed and its files opened. */
  readable: boolean;
  /** Whether files can be written into the folder. */
  writable: boolean;
}

interface CategoryRoots {
  categories: readonly Pick<CategoryConfig, 'key' | 'rootPath'>[];
}

/** Checks the root of each category, in the order of the configuration. Never rejects: what fails is a state. */
export function checkRoots({ categories }: CategoryRoots): Promise<RootState[]> {
  return Promise.all(categories.map(({ key, rootPath }) => checkRoot(key, rootPath)));
}

async function checkRoot(category: string, rootPath: string): Promise<RootState> {
  if (!(await isFolder(rootPath))) return { category, rootPath, exists: false, readable: false, writable: false };
  // A folder without the right to search it can be listed, and nothing in it opened.
  const { R_OK, W_OK, X_OK } = constants;
  const [readable, writable] = await Promise.all([isAllowed(rootPath, R_OK | X_OK), isAllowed(rootPath, W_OK | X_OK)]);
  return { category, rootPath, exists: true, readable, writable };
}

async function isFolder(path: string): Promise<boolean> {
  // A Windows path on another system would be looked up below the working folder.
  if (!isAbsolute(path)) return false;
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function isAllowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
