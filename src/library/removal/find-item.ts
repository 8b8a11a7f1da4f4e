import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { Database } from '../../base/database/database.ts';

/** What has to be known of an item to remove it, and to remove what others keep of it. */
export interface FoundItem {
  id: number;
  rootCategory: string;
  /** Null where its category is not configured any more. */
  rootPath: string | null;
  /** Path at which copyparty serves the root; null where the category is not configured any more. */
  copypartyPath: string | null;
  relativePath: string;
  signature: string;
  customMetadata: unknown;
  status: string;
}

export interface Categories {
  findCategory(key: string): Pick<CategoryConfig, 'rootPath' | 'copypartyPath'> | undefined;
}

export async function findItem(
  database: Pick<Database, 'prisma'>,
  categories: Categories,
  id: number,
): Promise<FoundItem | null> {
  const [item = null] = await findItems(database, categories, [id]);
  return item;
}

/** Returns those that there are, in the order of their ids. */
export async function findItems(
  database: Pick<Database, 'prisma'>,
  categories: Categories,
  ids: readonly number[],
): Promise<FoundItem[]> {
  const items = await database.prisma.mediaItem.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { id: 'asc' },
    select,
  });
  return items.map(({ shelf, ...facts }) => {
    const category = categories.findCategory(facts.rootCategory);
    return {
      ...facts,
      rootPath: category?.rootPath ?? null,
      copypartyPath: category?.copypartyPath ?? null,
      status: shelf.status,
    };
  });
}

const select = {
  id: true,
  rootCategory: true,
  relativePath: true,
  signature: true,
  customMetadata: true,
  shelf: { select: { status: true } },
} as const;
