import type { PicturedItem } from './pictured-item.ts';

// The cache keeps a picture under one of these keys, which says what it was made of.
export const cacheKeyOfFile = (rootPath: string, relativePath: string) => `file:${rootPath}\0${relativePath}`;
export const cacheKeyOfCover = (rootPath: string, relativePath: string) => `cover:${rootPath}\0${relativePath}`;
export const cacheKeyOfFrame = (rootPath: string, relativePath: string) => `frame:${rootPath}\0${relativePath}`;
export const cacheKeyOfUpstream = (copypartyPath: string, relativePath: string) =>
  `copyparty:${copypartyPath}\0${relativePath}`;
export const cacheKeyOfMetadata = (id: number, key: string) => `metadata:${id}:${key}`;

export interface OwnItem extends Pick<PicturedItem, 'id' | 'relativePath' | 'customMetadata'> {
  /** Null where its category is not configured any more. */
  rootPath: string | null;
  copypartyPath: string | null;
}

/** Returns the cache keys that belong to an item alone; pictures beside its file may belong to other items too. */
export function ownCacheKeys({ id, rootPath, copypartyPath, relativePath, customMetadata }: OwnItem): string[] {
  if (rootPath === null || copypartyPath === null) return [];
  return [
    cacheKeyOfFile(rootPath, relativePath),
    cacheKeyOfCover(rootPath, relativePath),
    cacheKeyOfFrame(rootPath, relativePath),
    cacheKeyOfUpstream(copypartyPath, relativePath),
    ...Object.keys(customMetadata ?? {}).map((key) => cacheKeyOfMetadata(id, key)),
  ];
}
