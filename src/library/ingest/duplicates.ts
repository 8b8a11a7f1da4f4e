import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { Database } from '../../base/database/database.ts';
import { findByHash } from './sql/find-by-hash.ts';
import { openInside } from '../../base/files/open-inside.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import { isAsCatalogued } from '../metadata/signature.ts';

interface Categories {
  findCategory(key: string): Pick<CategoryConfig, 'rootPath'> | undefined;
}

export interface KnownBytes {
  /** The earliest item that has them on the disk; null where there is none. */
  earlier: number | null;
  /** Items that had them according to the catalogue, and whose files are gone or changed: they do not count. */
  gone: number[];
}

/**
 * Looks for the same bytes in the catalogue and checks that they are still on the disk: no file is refused for one that is
 * lost.
 */
export async function findKnownBytes(
  database: Database,
  categories: Categories,
  { sha256, sizeBytes }: { sha256: string; sizeBytes: number },
): Promise<KnownBytes> {
  const gone: number[] = [];
  for (const { id } of await findByHash(database, sha256)) {
    const item = await database.prisma.mediaItem.findUnique({ where: { id } });
    const rootPath = item && categories.findCategory(item.rootCategory)?.rootPath;
    if (item && rootPath && Number(item.sizeBytes) === sizeBytes && (await isUnchanged(rootPath, item))) {
      return { earlier: id, gone };
    }
    gone.push(id);
  }
  return { earlier: null, gone };
}

/** Compares the signatures: a file that was written again since it was hashed may have other bytes of the same number. */
async function isUnchanged(rootPath: string, item: { relativePath: string; signature: string }): Promise<boolean> {
  try {
    const { handle, stats } = await openInside(rootPath, item.relativePath);
    await handle.close();
    return isAsCatalogued(item, stats);
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
