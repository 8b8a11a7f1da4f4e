import { identifyRoot, type RootIdentity } from './recognise-root.ts';

/**
 * What the root is known by, if it is still the folder that was seen before: a disk that was unmounted meanwhile leaves
 * another one in its place. Null where that one or none is there.
 */
export async function identifySameRoot(rootPath: string, before: RootIdentity): Promise<RootIdentity | null> {
  const present = await identifyRoot(rootPath);
  if (present === null) return null;
  const isSameFolder = present.device === before.device && present.inode === before.inode;
  const hasSameMarker = before.marker !== null && present.marker === before.marker;
  return isSameFolder || hasSameMarker ? present : null;
}
