import { inBatches } from '../../base/async/in-batches.ts';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import { readFolderItems, type FolderItem } from './sql/read-folder-items.ts';
import { UnknownCategoryError } from './media-errors.ts';
import { mediaNumberOf } from '../../base/public-id.ts';
import { isStorableText } from '../../base/text.ts';

/** A catalogued file as an archive needs it. */
interface ArchivableFile {
  /** The key of the category whose root holds it. */
  category: string;
  rootPath: string;
  /** Where copyparty serves the root. */
  copypartyPath: string;
  relativePath: string;
  /** The size as the catalogue has it. */
  sizeBytes: number;
  contentType: string;
}

/** Finds the files that an archive is to hold. */
export interface ArchivableFiles {
  /** Returns the files in the order of the public IDs; null for each that names no item, or one that is deleted. */
  select(publicIds: readonly string[]): Promise<(ArchivableFile | null)[]>;
  /**
   * Returns the available files below a folder of a category, in path order, and no more than `limit` of them; none
   * where there is no such folder. Throws UnknownCategoryError.
   */
  below(categoryKey: string, folder: string, limit: number): Promise<ArchivableFile[]>;
}

interface ArchivableFilesOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
}

const idsAtOnce = 1000;

export function createArchivableFiles({ database, mediaConfig }: ArchivableFilesOptions): ArchivableFiles {
  return {
    async select(publicIds) {
      const numbers = publicIds.map(mediaNumberOf);
      const known = numbers.filter((number) => number !== null);
      const files = new Map<number, ArchivableFile>();
      for (const ids of inBatches(known, idsAtOnce)) {
        const items = await database.prisma.mediaItem.findMany({
          where: { id: { in: ids }, shelf: { status: { not: 'DELETED' } } },
          select: { id: true, rootCategory: true, relativePath: true, sizeBytes: true, mimeType: true },
        });
        for (const { id, rootCategory, sizeBytes, ...item } of items) {
          const category = mediaConfig.findCategory(rootCategory);
          if (category !== undefined) files.set(id, toFile(category, { ...item, sizeBytes: Number(sizeBytes) }));
        }
      }
      return numbers.map((number) => (number === null ? null : (files.get(number) ?? null)));
    },

    async below(categoryKey, folder, limit) {
      const category = mediaConfig.findCategory(categoryKey);
      if (category === undefined) {
        throw new UnknownCategoryError(
          [categoryKey],
          mediaConfig.current().categories.map(({ key }) => key),
        );
      }
      const files: ArchivableFile[] = [];
      // A path that cannot be stored is in no catalogue, and PostgreSQL refuses a query for it.
      if (!isStorableText(folder)) return files;
      for await (const page of readFolderItems(database, categoryKey, folder)) {
        files.push(...page.map((item) => toFile(category, item)));
        if (files.length >= limit) break;
      }
      return files.slice(0, limit);
    },
  };
}

function toFile(category: CategoryConfig, { relativePath, sizeBytes, mimeType }: FolderItem): ArchivableFile {
  return {
    category: category.key,
    rootPath: category.rootPath,
    copypartyPath: category.copypartyPath,
    relativePath,
    sizeBytes,
    contentType: mimeType ?? 'application/octet-stream',
  };
}
