import type { PicturedItem } from './pictured-item.ts';

/** What pictures are kept of: each origin names its place by one of these. */
export const placeOfFile = (rootPath: string, relativePath: string) => `file:${rootPath}\0${relativePath}`;
export const placeOfCover = (rootPath: string, relativePath: string) => `cover:${rootPath}\0${relativePath}`;
export const placeOfUpstream = (copypartyPath: string, relativePath: string) =>
  `copyparty:${copypartyPath}\0${relativePath}`;
export const placeOfMetadata = (id: number, key: string) => `metadata:${id}:${key}`;

export interface OwnItem extends Pick<PicturedItem, 'id' | 'relativePath' | 'customMetadata'> {
  /** Null where its category is not configured any more. */
  rootPath: string | null;
  copypartyPath: string | null;
}

/** The places that are an item's alone; pictures beside its file may be those of others too. */
export function ownPlaces({ id, rootPath, copypartyPath, relativePath, customMetadata }: OwnItem): string[] {
  if (rootPath === null || copypartyPath === null) return [];
  return [
    placeOfFile(rootPath, relativePath),
    placeOfCover(rootPath, relativePath),
    placeOfUpstream(copypartyPath, relativePath),
    ...Object.keys(customMetadata ?? {}).map((key) => placeOfMetadata(id, key)),
  ];
}
