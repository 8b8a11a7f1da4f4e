import type { Database } from '../../base/database/database.ts';
import { readImages } from './sql/arrange-images.ts';

export interface TagRecord {
  id: number;
  name: string;
}

/** Tags and pictures of many models or pending imports, in the order of the given keys. */
export interface TagsAndImages {
  /** The tags of each model, in the order of their names. */
  tagsOfModels(hashes: readonly string[]): Promise<TagRecord[][]>;
  imagesOfModels(hashes: readonly string[]): Promise<{ sha256: string; seq: number }[][]>;
  /** The tags of each pending import, in the order of their names. */
  tagsOfPending(ids: readonly number[]): Promise<TagRecord[][]>;
  /** The names of the pictures of each pending import. */
  imagesOfPending(ids: readonly number[]): Promise<string[][]>;
  /** How many models have each tag. */
  modelCountsOfTags(ids: readonly number[]): Promise<number[]>;
}

export function createTagsAndImages(database: Database): TagsAndImages {
  const { prisma } = database;
  return {
    async tagsOfModels(hashes) {
      const links = await prisma.modelTag.findMany({
        where: { sha256: { in: [...hashes] } },
        select: { sha256: true, tag: true },
        orderBy: { tag: { name: 'asc' } },
      });
      return group(
        hashes,
        links,
        ({ sha256 }) => sha256,
        ({ tag }) => tag,
      );
    },
    async imagesOfModels(hashes) {
      const images = await readImages(database, hashes);
      return group(
        hashes,
        images,
        ({ sha256 }) => sha256,
        (image) => image,
      );
    },
    async tagsOfPending(ids) {
      const links = await prisma.pendingModelTag.findMany({
        where: { pendingId: { in: [...ids] } },
        select: { pendingId: true, tag: true },
        orderBy: { tag: { name: 'asc' } },
      });
      return group(
        ids,
        links,
        ({ pendingId }) => pendingId,
        ({ tag }) => tag,
      );
    },
    async imagesOfPending(ids) {
      const images = await prisma.pendingImage.findMany({
        where: { pendingId: { in: [...ids] } },
        select: { pendingId: true, name: true },
        orderBy: { seq: 'asc' },
      });
      return group(
        ids,
        images,
        ({ pendingId }) => pendingId,
        ({ name }) => name,
      );
    },
    async modelCountsOfTags(ids) {
      const counts = await prisma.modelTag.groupBy({ by: ['tagId'], where: { tagId: { in: [...ids] } }, _count: true });
      const byTag = new Map(counts.map(({ tagId, _count }) => [tagId, _count]));
      return ids.map((id) => byTag.get(id) ?? 0);
    },
  };
}

/** The values of each key, in the order of the keys. */
function group<K, Row, V>(keys: readonly K[], rows: readonly Row[], keyOf: (row: Row) => K, valueOf: (row: Row) => V) {
  const groups = new Map<K, V[]>(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(keyOf(row))?.push(valueOf(row));
  return keys.map((key) => groups.get(key) ?? []);
}
