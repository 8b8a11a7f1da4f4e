import type { CategoryConfig } from '../../base/config/media-config.ts';

/**
 * Returns everything besides the files that shapes the descriptions of a category, as one string. A scan that finds
 * another string than the last one left describes unchanged files again.
 */
export function describeRules(
  category: Pick<CategoryConfig, 'mediaType' | 'storageFormat' | 'hierarchyLevels'>,
): string {
  const levels = category.hierarchyLevels.map((level) => level.name);
  return JSON.stringify([rulesVersion, category.mediaType, category.storageFormat, levels]);
}

/** Raised with every change to what `createFileDescriber` makes of a file, so that the next scan refreshes all rows. */
const rulesVersion = 4;
