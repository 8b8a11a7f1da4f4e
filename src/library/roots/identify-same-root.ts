import { identifyRoot, isSameFolder, type RootIdentity } from './recognise-root.ts';

/**
 * Identifies the root, if it is still the folder that was seen before: a disk that was unmounted meanwhile leaves another
 * one in its place. A marker that it has got since counts only if `isNoted` knows it. Returns null where another folder or
 * none is there.
 */
export async function identifySameRoot(
  rootPath: string,
  before: RootIdentity,
  isNoted: (marker: string) => Promise<boolean>,
): Promise<RootIdentity | null> {
  const present = await identifyRoot(rootPath);
  if (present === null) return null;
  // Only a marker distinguishes disks: the next one gets the device's number, and its root the same inode.
  if (present.marker !== null && present.marker === before.marker) return present;
  if (before.marker !== null || !isSameFolder(present, before)) return null;
  return present.marker === null || (await isNoted(present.marker)) ? present : null;
}
