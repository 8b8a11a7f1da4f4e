import type { BigIntStats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { readRootMarker } from './root-marker.ts';

/** The features by which a root is known again. Stored as JSON. */
export type RootIdentity = {
  /** The ID in its marker; null for a root that has none. */
  marker: string | null;
  device: string;
  inode: string;
};

export type Recognition =
  /** `isCertain`: by its marker, so that what is not in it is gone. */
  { state: 'ONLINE'; isCertain: boolean } | { state: 'OFFLINE'; reason: string; exists: boolean };

interface Root {
  rootPath: string;
  /** Null for a root that was never scanned. */
  expected: RootIdentity | null;
  /** Some paths of files that were there: asked for only where there is no marker. */
  readSample: () => Promise<string[]>;
}

/** Tells whether the root that is there now is the one that was scanned, with its disk mounted. */
export async function recogniseRoot({ rootPath, expected, readSample }: Root): Promise<Recognition> {
  const present = await identifyRoot(rootPath);
  if (present === null) return { state: 'OFFLINE', reason: 'its root folder is not there', exists: false };
  if (expected === null) return { state: 'ONLINE', isCertain: false };
  if (present.marker !== null && expected.marker !== null) {
    if (present.marker === expected.marker) return { state: 'ONLINE', isCertain: true };
    return { state: 'OFFLINE', reason: 'another disk or folder is in the place of its root', exists: true };
  }
  const sample = await readSample();
  const found = (await Promise.all(sample.map((path) => isThere(join(rootPath, path))))).filter(Boolean).length;
  const isSameFolder = present.device === expected.device && present.inode === expected.inode;
  const isKnown = sample.length === 0 || found * 2 >= sample.length || (isSameFolder && found > 0);
  if (isKnown) return { state: 'ONLINE', isCertain: false };
  const reason = `its root folder has ${found} of ${sample.length} files that were there: its disk may not be mounted`;
  return { state: 'OFFLINE', reason, exists: true };
}

/** Reads the features of the folder that is there now; null where there is none, or where it is swapped meanwhile. */
export async function identifyRoot(rootPath: string): Promise<RootIdentity | null> {
  // A Windows path on another system would be looked up below the working folder.
  if (!isAbsolute(rootPath)) return null;
  try {
    const { dev, ino } = await statFolder(rootPath);
    const marker = await readRootMarker(rootPath);
    // That of one folder must not be taken for that of another.
    const after = await statFolder(rootPath);
    return after.dev === dev && after.ino === ino ? { marker, device: String(dev), inode: String(ino) } : null;
  } catch {
    return null; // Not there, or out of reach: its disk is away either way.
  }
}

async function statFolder(path: string): Promise<BigIntStats> {
  const stats = await stat(path, { bigint: true });
  if (!stats.isDirectory()) throw new Error(`${path} is no folder.`);
  return stats;
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
