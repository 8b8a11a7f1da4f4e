import { extname, join } from 'node:path';
import mime from 'mime';
import { rowNumberOf } from '../../base/public-id.ts';
import { isStorableText } from '../../base/text.ts';
import type { Database } from '../../base/database/database.ts';
import { readImages } from './sql/arrange-images.ts';
import { tierName } from './image-store.ts';
import { AmbiguousImageNameError, ImageNotFoundError } from './model-errors.ts';
import { pictureQualities, type PictureQuality } from './picture-tiers.ts';

/** A file of the image store, as the routes send it. */
export interface StoredImage {
  rootPath: string;
  relativePath: string;
  filename: string;
  contentType: string;
  /** Whether the address always leads to these bytes. */
  isImmutable: boolean;
}

/** Finds pictures by the names in their addresses. No part of an address becomes a part of a path. */
export interface StoredImages {
  /** Finds `<sha256>_<seq>_<quality>.webp`, or `<sha256>.webp` for the first picture. Throws ImageNotFoundError. */
  find(name: string, quality: string | undefined): Promise<StoredImage>;
  /**
   * A pending picture by its own name, else the first one of the pending import with that legacy id, else the first one of
   * the pending import whose file has that name, with or without its extension. Throws ImageNotFoundError and AmbiguousImageNameError.
   */
  findPending(name: string): Promise<StoredImage>;
}

export function createStoredImages({ database, folder }: { database: Database; folder: string }): StoredImages {
  const { prisma } = database;

  async function findPendingRow(name: string): Promise<{ name: string; isExact: boolean } | null> {
    const exact = await prisma.pendingImage.findUnique({ where: { name } });
    if (exact !== null) return { name, isExact: true };
    const legacyId = rowNumberOf(name);
    const ids = legacyId === null ? await idsByStem(name) : [legacyId];
    if (ids.length > 1) throw new AmbiguousImageNameError(name, ids);
    const first = await prisma.pendingImage.findFirst({ where: { pendingId: { in: ids } }, orderBy: { seq: 'asc' } });
    return first && { name: first.name, isExact: false };
  }

  async function idsByStem(name: string): Promise<number[]> {
    const stems = [name, name.slice(0, name.length - extname(name).length)];
    const rows = await prisma.pendingImport.findMany({
      where: { stem: { in: stems }, images: { some: {} } },
      select: { id: true, stem: true },
      orderBy: { id: 'asc' },
      take: 50,
    });
    // `a.b` counts as a stem first, and then as `a` with an extension.
    const whole = rows.filter(({ stem }) => stem === name);
    return (whole.length > 0 ? whole : rows).map(({ id }) => id);
  }

  return {
    async find(name, quality) {
      const parts = parseName(name, quality);
      if (parts === null) throw new ImageNotFoundError(name);
      const { sha256, seq } = parts;
      // The row decides: a killed process may have left files without a row.
      const images = await readImages(database, [sha256]);
      const row = seq === null ? images[0] : images.find((image) => image.seq === seq);
      if (row === undefined) throw new ImageNotFoundError(name);
      const relativePath = tierName(sha256, row.seq, parts.quality);
      // The first picture is another one once people have brought them into another order.
      const isImmutable = row.seq === (seq ?? 0);
      return { rootPath: folder, relativePath, filename: relativePath, contentType: 'image/webp', isImmutable };
    },
    async findPending(name) {
      const row = isStorableText(name) ? await findPendingRow(name) : null;
      if (row === null) throw new ImageNotFoundError(name);
      const contentType = mime.getType(row.name) ?? 'application/octet-stream';
      return {
        rootPath: join(folder, 'pending'),
        relativePath: row.name,
        filename: row.name,
        contentType,
        isImmutable: row.isExact,
      };
    },
  };
}

const namePattern = /^(?<sha256>[0-9a-f]{64})(?:_(?<seq>0|[1-9]\d{0,8})_(?<quality>high|medium|low))?\.webp$/;

function parseName(name: string, wanted: string | undefined) {
  const { sha256, seq, quality } = namePattern.exec(name)?.groups ?? {};
  if (sha256 === undefined) return null;
  if (seq !== undefined) return { sha256, seq: Number(seq), quality: quality as PictureQuality };
  const known = pictureQualities.find((one) => one === (wanted ?? 'high').toLowerCase());
  return known === undefined ? null : { sha256, seq: null, quality: known };
}
