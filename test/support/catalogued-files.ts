import type { CategoryConfig } from '../../src/base/config/media-config.ts';
import type { Database } from '../../src/base/database/database.ts';
import { moveToShelf } from '../../src/library/catalogue/sql/move-to-shelf.ts';
import { ensureShelves, type MediaStatus } from '../../src/library/catalogue/sql/shelves.ts';
import { storeItems } from '../../src/library/catalogue/sql/store-items.ts';
import { createFileDescriber, type ScannedFile } from '../../src/library/metadata/describe-file.ts';

/** A category as the configuration gives it. */
export function categoryOf(overrides: Partial<CategoryConfig> & Pick<CategoryConfig, 'key'>): CategoryConfig {
  return {
    label: overrides.key,
    isDefault: false,
    mediaType: 'IMAGE',
    storageFormat: 'COLLECTION',
    rootPath: `/srv/${overrides.key}`,
    copypartyPath: `/${overrides.key}`,
    rootMarker: true,
    includePatterns: ['**/*'],
    excludePatterns: [],
    hierarchyLevels: [],
    playback: null,
    ui: null,
    ...overrides,
  };
}

/** Catalogues files that need not exist, as a scan would. */
export async function catalogueFiles(
  database: Database,
  category: CategoryConfig,
  files: readonly (Partial<ScannedFile> & Pick<ScannedFile, 'relativePath'>)[],
  now = new Date(),
): Promise<void> {
  const describe = createFileDescriber(category);
  await ensureShelves(database, category.key, category.mediaType);
  await storeItems(
    database,
    category,
    files.map((file) => describe({ sizeBytes: 1000, modifiedAtMs: 1_700_000_000_000, signature: 'a', ...file })),
    now,
  );
}

/** Puts an item where a scan or a person would have put it. */
export async function moveToStatus(database: Database, filename: string, status: MediaStatus): Promise<void> {
  const { id, updatedAt } = await database.prisma.mediaItem.findFirstOrThrow({ where: { filename } });
  await moveToShelf(database, id, status, updatedAt);
}
