import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isWithin } from '../../../base/files/is-within.ts';
import { createLeftOut, type LeftOutRules } from '../../catalogue/left-out.ts';
import { isNetworkFolder } from './is-network-folder.ts';

export interface RootToWatch extends LeftOutRules {
  rootPath: string;
}

/**
 * Counts the folders of all roots that a watch holds, no more than `enough`: a system that watches folders one by one has a
 * limit for them. Roots below another one share its watches, and those on the network have none. What cannot be read
 * has none either.
 */
export async function countWatchedFolders(
  roots: readonly RootToWatch[],
  enough: number,
  signal?: AbortSignal,
): Promise<number> {
  let folders = 0;
  const counted: string[] = [];
  const resolved = await Promise.all(roots.map(async (root) => ({ ...root, rootPath: await resolveRoot(root) })));
  // A root comes before those below it.
  for (const { rootPath, ...rules } of resolved.toSorted((a, b) => a.rootPath.length - b.rootPath.length)) {
    if (counted.some((outer) => isWithin(rootPath, outer))) continue;
    if (rootPath === '' || (await isNetworkFolder(rootPath).catch(() => true))) continue;
    counted.push(rootPath);
    const isLeftOut = createLeftOut(rules);
    const waiting = [''];
    for (let place = waiting.pop(); place !== undefined && folders < enough; place = waiting.pop()) {
      if (signal?.aborted) return folders;
      folders += 1;
      waiting.push(...(await listFolders(rootPath, place)).filter((below) => !isLeftOut(below)));
    }
  }
  return folders;
}

/** Returns nothing for a disk that is away: it is not watched. */
async function resolveRoot({ rootPath }: RootToWatch): Promise<string> {
  return realpath(rootPath).catch(() => '');
}

async function listFolders(rootPath: string, place: string): Promise<string[]> {
  const entries = await readdir(join(rootPath, place), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => (place === '' ? name : `${place}/${name}`));
}
