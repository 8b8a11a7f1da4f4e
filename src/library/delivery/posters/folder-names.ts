import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listInside } from '../../../base/files/open-folder-inside.ts';
import { foldName } from '../../companions/fold-name.ts';
import type { FoldedNames } from '../../companions/name-index.ts';

interface Listing {
  changedNs: bigint;
  readAtMs: number;
  names: Promise<FoldedNames>;
}

export interface FolderLocation {
  rootPath: string;
  relativePath: string;
}

/** Lists a folder once, and again only when it has changed: the items of a gallery's page mostly lie in one folder. */
export function createFolderNames(): (location: FolderLocation) => Promise<FoldedNames> {
  const listings = new Map<string, Listing>();
  return async (location) => {
    const folder = join(location.rootPath, location.relativePath);
    const changedNs = await findChangeTime(folder);
    if (changedNs === null) return new Map();
    const known = listings.get(folder);
    listings.delete(folder);
    const listing = known && isCurrent(known, changedNs) ? known : readListing(location, changedNs);
    listings.set(folder, listing);
    const [oldest] = listings.keys();
    if (listings.size > maxListings && oldest !== undefined) listings.delete(oldest);
    return listing.names;
  };
}

/** A folder of 10 000 files takes a megabyte. */
const maxListings = 64;

/** Returns the ctime, which also changes with the folder's permissions, and which nobody can set back. */
async function findChangeTime(folder: string): Promise<bigint | null> {
  const stats = await stat(folder, { bigint: true }).catch(() => null); // there is nothing beside a file that is gone
  return stats?.ctimeNs ?? null;
}

/** A change within the same tick of the filesystem's clock as the last one does not show in its time. */
function isCurrent({ changedNs, readAtMs }: Listing, currentNs: bigint): boolean {
  if (changedNs !== currentNs) return false;
  const wasSettled = readAtMs - Number(changedNs / 1_000_000n) > tickMs;
  return wasSettled || Date.now() - readAtMs < tickMs;
}

const tickMs = 1000;

function readListing(location: FolderLocation, changedNs: bigint): Listing {
  return { changedNs, readAtMs: Date.now(), names: readNames(location) };
}

async function readNames({ rootPath, relativePath }: FolderLocation): Promise<FoldedNames> {
  // A folder that is unreadable, or outside the root, counts as empty until its ctime changes.
  const names = await listInside(rootPath, relativePath).catch(() => []);
  const folded = new Map<string, string>();
  // Where names differ in case alone, the first in the order of their code units wins.
  for (const name of names) {
    const known = folded.get(foldName(name));
    if (known === undefined || name < known) folded.set(foldName(name), name);
  }
  return folded;
}
