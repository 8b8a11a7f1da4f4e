import type { Database } from '../../base/database/database.ts';
import type { PicturedModel } from './read-picture-page.ts';

/** The record here that gets the pictures of a legacy model. */
export interface PictureOwner {
  /** Null for a pending import. */
  sha256: string | null;
  /** The pictures that it has, or is about to get. */
  sources: Set<string>;
  /** The numbers that the pictures of a pending import have; empty for a model. */
  seqs: Set<number>;
}

/**
 * The owner of a legacy model's pictures; null where the model was not taken over, or was dropped. A pending import may have
 * become a model meanwhile.
 */
export async function findOwner(
  { database }: { database: Database },
  { sha256, legacyId: id, legacyPath }: PicturedModel,
): Promise<PictureOwner | null> {
  if (sha256 !== null) return findModel(database, sha256);
  const pending = await database.prisma.pendingImport.findUnique({
    where: { id, legacyPath },
    select: { images: { select: { source: true, seq: true } } },
  });
  if (pending !== null) {
    const { images } = pending;
    const sources = new Set(images.map(({ source }) => source));
    return { sha256: null, sources, seqs: new Set(images.map(({ seq }) => seq)) };
  }
  const settled = await database.prisma.settledImport.findUnique({ where: { legacyPath } });
  return settled?.sha256 ? findModel(database, settled.sha256) : null;
}

async function findModel({ prisma }: Database, sha256: string): Promise<PictureOwner | null> {
  const model = await prisma.model.findUnique({
    where: { sha256 },
    select: { images: { select: { source: true } } },
  });
  if (model === null) return null;
  // A move that was given up brings no picture.
  const moves = await prisma.pictureMove.findMany({ where: { sha256, failure: null }, select: { source: true } });
  return { sha256, sources: new Set([...model.images, ...moves].map(({ source }) => source)), seqs: new Set() };
}
