import { createHash } from 'node:crypto';
import { rendererVersion } from './picture-origin.ts';

interface VersionedItem {
  signature: string;
  updatedAt: Date;
}

/**
 * Returns what the URLs of an item's pictures carry as `v`. It changes as soon as the item's file or poster is known to
 * have changed, so a browser may keep what it got there. Every row of a list has what it is made of.
 */
export function pictureVersion({ signature, updatedAt }: VersionedItem): string {
  const state = `${rendererVersion} ${signature} ${updatedAt.getTime()}`;
  return createHash('sha256').update(state).digest('base64url').slice(0, 12);
}
