import { mediaNumberOf } from '../../../base/public-id.ts';
import type { CategoryConfig, MediaType } from '../../../base/config/media-config.ts';
import type { Database } from '../../../base/database/database.ts';
import type { PicturedItem } from './pictured-item.ts';
import { readPicturedRow } from './sql/pictured-items.ts';

interface Sources {
  database: Pick<Database, 'read'>;
  mediaConfig: { findCategory(key: string): Pick<CategoryConfig, 'rootPath' | 'copypartyPath'> | undefined };
}

/** Finds an item by its public ID; null where there is no such item, or its category is no longer configured. */
export async function findPicturedItem(sources: Sources, publicId: string): Promise<PicturedItem | null> {
  const id = mediaNumberOf(publicId);
  return id === null ? null : findPicturedRow(sources, id);
}

/** The same by the number of its row. */
export async function findPicturedRow({ database, mediaConfig }: Sources, id: number): Promise<PicturedItem | null> {
  const item = await readPicturedRow(database, id);
  const category = item === null ? undefined : mediaConfig.findCategory(item.category);
  if (item === null || category === undefined) return null;
  const { rootPath, copypartyPath } = category;
  return { ...item, mediaType: item.mediaType as MediaType, rootPath, copypartyPath };
}
