import { identifyRoot, isSameFolder, type RootIdentity } from './recognise-root.ts';

/**
 * Identifies the root, if it is still the folder that was seen before: a disk that was unmounted meanwhile leaves another
 * one in its place. Returns null where another folder or none is there.
 */
export async function identifySameRoot(rootPath: string, before: RootIdentity): Promise<RootIdentity | null> {
  const present = await identifyRoot(rootPath);
  if (present === null || present.marker !== before.marker) return null;
  // Only a marker distinguishes disks: the next one gets the device's number, and its root the same inode.
  return present.marker !== null || isSameFolder(present, before) ? present : null;
}
