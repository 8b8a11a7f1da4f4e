import { identifyRoot, type RootIdentity } from './recognise-root.ts';

/**
 * What the root is known by, if it is still the folder that was seen before: a disk that was unmounted meanwhile leaves
 * another one in its place. Null where that one or none is there.
 */
export async function identifySameRoot(rootPath: string, before: RootIdentity): Promise<RootIdentity | null> {
  const present = await identifyRoot(rootPath);
  if (present === null || present.marker !== before.marker) return null;
  // Only a marker distinguishes disks: the next one gets the device's number, and its root the same inode.
  return present.marker !== null || isSameFolder(present, before) ? present : null;
}

export function isSameFolder(one: RootIdentity, other: RootIdentity): boolean {
  return one.device === other.device && one.inode === other.inode;
}
