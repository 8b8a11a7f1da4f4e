import { createHash } from 'node:crypto';
import { rendererVersion } from './picture-origin.ts';

interface VersionedItem {
  signature: string;
  updatedAt: Date;
}

/**
 * What the URLs of an item's pictures carry as `v`: another one as soon as its file or its poster is known to be another,
 * so a browser may keep what it got there. Made of what every row of a list has at hand.
 */
export function pictureVersion({ signature, updatedAt }: VersionedItem): string {
  const state = `${rendererVersion} ${signature} ${updatedAt.getTime()}`;
  return createHash('sha256').update(state).digest('base64url').slice(0, 12);
}
