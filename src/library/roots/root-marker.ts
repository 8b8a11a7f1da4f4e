import { randomUUID } from 'node:crypto';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootMarkerName } from '../../base/files/root-marker-name.ts';
import { openInside } from '../../base/files/open-inside.ts';
import { removeAbandoned, unfinishedName } from '../../base/files/unfinished.ts';

/** Reads the ID in the marker of a root; null where there is no marker, or not one that this service wrote. */
export async function readRootMarker(rootPath: string): Promise<string | null> {
  const text = await readMarker(rootPath).catch(() => ''); // There is none, or it cannot be read.
  return /^[0-9a-f-]{36}$/m.exec(text)?.[0] ?? null;
}

/**
 * Reads a limited part through openInside: others may write to a root, and put a pipe, a link that leads out or a film
 * there.
 */
async function readMarker(rootPath: string): Promise<string> {
  const { handle } = await openInside(rootPath, rootMarkerName, { isMarker: true });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(maxMarkerBytes), 0, maxMarkerBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * Puts a marker with a new ID into a root and returns the ID; null where the root cannot be written to, or has got a marker
 * meanwhile, which stays: the categories of one root may be scanned at the same time.
 */
export async function writeRootMarker(rootPath: string): Promise<string | null> {
  const id = randomUUID();
  const unfinished = join(rootPath, `${rootMarkerName}.${unfinishedName()}`);
  try {
    await clearMarkerRemains(rootPath);
    await writeFile(unfinished, `${explanation}\n${id}\n`, { flag: 'wx' });
    return (await putInPlace(unfinished, rootPath)) ? id : null;
  } catch {
    return null; // The root is read-only, full, or gone: it is recognised by its device and its files.
  } finally {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

/** Removes what a killed process left beside the marker, or in its stead. */
export async function clearMarkerRemains(rootPath: string): Promise<void> {
  await removeAbandoned(rootPath, (name) => name.startsWith(rootMarkerName));
}

/** Returns whether the new marker is in its place. */
async function putInPlace(unfinished: string, rootPath: string): Promise<boolean> {
  const path = join(rootPath, rootMarkerName);
  const isLinked = await link(unfinished, path).then(
    () => true,
    () => false, // Something has the name, or the filesystem has no links.
  );
  if (isLinked) return true;
  if ((await readRootMarker(rootPath)) !== null) return false;
  await rename(unfinished, path);
  return true;
}

const maxMarkerBytes = 4096;
const explanation =
  'mediashelf knows this folder again by this file, so that an unmounted disk is not taken for an empty one.';
