import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listInside } from '../../../base/files/open-folder-inside.ts';

/** The names in a folder, by their folded form: composed, in lower case. */
export type FoldedNames = ReadonlyMap<string, string>;

interface Listing {
  changedNs: bigint;
  readAtMs: number;
  names: Promise<FoldedNames>;
}

export interface FolderPlace {
  rootPath: string;
  relativePath: string;
}

/** Lists folders, and again only when they have changed: the items of a gallery's page mostly lie in one. */
export function createFolderNames(): (place: FolderPlace) => Promise<FoldedNames> {
  const listings = new Map<string, Listing>();
  return async (place) => {
    const folder = join(place.rootPath, place.relativePath);
    const changedNs = await findChangeTime(folder);
    if (changedNs === null) return new Map();
    const known = listings.get(folder);
    listings.delete(folder);
    const listing = known && isCurrent(known, changedNs) ? known : readListing(place, changedNs);
    listings.set(folder, listing);
    const [oldest] = listings.keys();
    if (listings.size > listingsAtMost && oldest !== undefined) listings.delete(oldest);
    return listing.names;
  };
}

/** The composed form, since macOS stores names decomposed. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** A folder of 10 000 files takes a megabyte. */
const listingsAtMost = 64;

/** The ctime decides: it also changes when the folder becomes readable, and nobody can set it back. */
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

function readListing(place: FolderPlace, changedNs: bigint): Listing {
  return { changedNs, readAtMs: Date.now(), names: readNames(place) };
}

async function readNames({ rootPath, relativePath }: FolderPlace): Promise<FoldedNames> {
  // Not readable, or outside the root: like an empty one, until its ctime changes.
  const names = await listInside(rootPath, relativePath).catch(() => []);
  const folded = new Map<string, string>();
  // The first in the order of code units stands for names that differ in case alone.
  for (const name of names) {
    const known = folded.get(foldName(name));
    if (known === undefined || name < known) folded.set(foldName(name), name);
  }
  return folded;
}
