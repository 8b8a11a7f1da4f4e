import { mediaNumberOf } from '../../../base/public-id.ts';
import type { CategoryConfig, MediaType } from '../../../base/config/media-config.ts';
import type { Database } from '../../../base/database/database.ts';
import type { PicturedItem } from './pictured-item.ts';

interface Sources {
  database: Pick<Database, 'prisma'>;
  mediaConfig: { findCategory(key: string): Pick<CategoryConfig, 'rootPath' | 'copypartyPath'> | undefined };
}

/** Finds an item by its public ID; null where there is no such item, or its category is no longer configured. */
export async function findPicturedItem(sources: Sources, publicId: string): Promise<PicturedItem | null> {
  const id = mediaNumberOf(publicId);
  return id === null ? null : findPicturedRow(sources, id);
}

/** The same by the number of its row. */
export async function findPicturedRow({ database, mediaConfig }: Sources, id: number): Promise<PicturedItem | null> {
  const item = await database.prisma.mediaItem.findUnique({ where: { id }, select });
  const category = item === null ? undefined : mediaConfig.findCategory(item.rootCategory);
  if (item === null || category === undefined) return null;
  const { rootCategory, shelf, ...facts } = item;
  const { rootPath, copypartyPath } = category;
  return {
    ...facts,
    category: rootCategory,
    status: shelf.status,
    mediaType: shelf.mediaType as MediaType,
    rootPath,
    copypartyPath,
  };
}

const select = {
  id: true,
  rootCategory: true,
  relativePath: true,
  signature: true,
  updatedAt: true,
  posterPath: true,
  storageFormat: true,
  seasonNumber: true,
  customMetadata: true,
  placeholder: true,
  shelf: { select: { status: true, mediaType: true } },
} as const;
