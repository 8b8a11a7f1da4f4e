import type { BigIntStats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { readRootMarker } from './root-marker.ts';

/** What a root is recognised by. Stored as JSON. */
export type RootIdentity = {
  /** The ID in its marker; null for a root that has none. */
  marker: string | null;
  device: string;
  inode: string;
  /** The machine that numbered the device; absent in what earlier versions stored. */
  machine?: string;
};

export type Recognition =
  /** `isCertain`: it was recognised by its marker, so that what is not in it is gone. */
  { state: 'ONLINE'; isCertain: boolean } | { state: 'OFFLINE'; reason: string; exists: boolean };

interface Root {
  rootPath: string;
  /** Null for a root that was never scanned. */
  expected: RootIdentity | null;
  /** Reads some paths of files that were there; called only where there is no marker. */
  readSample: () => Promise<string[]>;
}

/** Decides whether the root that is there now is the one that was scanned, with its disk mounted. */
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
  const isKnown = sample.length === 0 || found * 2 >= sample.length || (isSameFolder(present, expected) && found > 0);
  if (isKnown) return { state: 'ONLINE', isCertain: false };
  const reason = `its root folder has ${found} of ${sample.length} files that were there: its disk may not be mounted`;
  return { state: 'OFFLINE', reason, exists: true };
}

/** Identifies the folder that is there now; null where there is none, or where it is replaced meanwhile. */
export async function identifyRoot(rootPath: string): Promise<RootIdentity | null> {
  // A Windows path on another system would be looked up below the working folder.
  if (!isAbsolute(rootPath)) return null;
  try {
    const { dev, ino } = await statFolder(rootPath);
    const marker = await readRootMarker(rootPath);
    // The marker of one folder must not be taken for that of another.
    const after = await statFolder(rootPath);
    if (after.dev !== dev || after.ino !== ino) return null;
    return { marker, device: String(dev), inode: String(ino), machine: hostname() };
  } catch {
    return null; // The folder is gone or out of reach: its disk is away either way.
  }
}

/** Whether both are the same folder, which only their machine can tell: another one numbers its devices anew. */
export function isSameFolder(one: RootIdentity, other: RootIdentity): boolean {
  const isOneMachine = one.machine === undefined || other.machine === undefined || one.machine === other.machine;
  return isOneMachine && one.device === other.device && one.inode === other.inode;
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
