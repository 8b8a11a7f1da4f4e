import DataLoader from 'dataloader';
import type { PrismaClient } from '../../base/database/database.ts';
import type { ModelRecord } from '../../library/model-records/sql/list-models.ts';
import type { Models, TagRecord } from '../../library/model-records/models.ts';

/** What the objects of one operation ask for, in one question for all of them. */
export interface ModelLoaders {
  modelBySha256: DataLoader<string, ModelRecord | null>;
  tagsOfModel: DataLoader<string, TagRecord[]>;
  imagesOfModel: DataLoader<string, { sha256: string; seq: number }[]>;
  tagsOfPending: DataLoader<number, TagRecord[]>;
  imagesOfPending: DataLoader<number, string[]>;
  modelCountOfTag: DataLoader<number, number>;
}

export function createModelLoaders({ prisma, models }: { prisma: PrismaClient; models: Models }): ModelLoaders {
  return {
    modelBySha256: new DataLoader((hashes) => models.findMany(hashes)),
    tagsOfModel: new DataLoader(async (hashes) => {
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
    }),
    imagesOfModel: new DataLoader(async (hashes) => {
      const images = await prisma.modelImage.findMany({
        where: { sha256: { in: [...hashes] } },
        select: { sha256: true, seq: true },
        orderBy: { seq: 'asc' },
      });
      return group(
        hashes,
        images,
        ({ sha256 }) => sha256,
        (image) => image,
      );
    }),
    tagsOfPending: new DataLoader(async (ids) => {
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
    }),
    imagesOfPending: new DataLoader(async (ids) => {
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
    }),
    modelCountOfTag: new DataLoader(async (ids) => {
      const counts = await prisma.modelTag.groupBy({ by: ['tagId'], where: { tagId: { in: [...ids] } }, _count: true });
      const byTag = new Map(counts.map(({ tagId, _count }) => [tagId, _count]));
      return ids.map((id) => byTag.get(id) ?? 0);
    }),
  };
}

/** The values of each key, in the order of the keys. */
function group<K, Row, V>(keys: readonly K[], rows: readonly Row[], keyOf: (row: Row) => K, valueOf: (row: Row) => V) {
  const groups = new Map<K, V[]>(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(keyOf(row))?.push(valueOf(row));
  return keys.map((key) => groups.get(key) ?? []);
}
