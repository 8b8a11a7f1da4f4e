import type { Database } from '../../base/database/database.ts';
import { UnknownCategoryError } from './media-errors.ts';
import { toMediaConditions, type MediaConditions } from './sql/media-conditions.ts';
import { readShelves, type MediaStatus, type Shelf } from './sql/shelves.ts';
import { toCriteria, type GivenCriteria } from './to-criteria.ts';

export interface MediaFilter extends GivenCriteria {
  categories?: readonly string[] | undefined;
  mediaTypes?: readonly string[] | undefined;
  /** Left out: all but DELETED. */
  statuses?: readonly MediaStatus[] | undefined;
}

/** The items that a filter means: on some shelves, with some conditions. */
export interface SelectedMedia extends MediaConditions {
  shelves: Shelf[];
}

/**
 * Turns a filter into what the statements need. Throws InvalidInputError for values that nothing can have,
 * UnknownCategoryError for a category that is neither configured nor holds any item.
 */
export async function selectMedia(
  database: Database,
  configuredCategories: readonly string[],
  filter: MediaFilter,
): Promise<SelectedMedia> {
  const everyShelf = await readShelves(database);
  const { categories = [], folder } = filter;
  checkCategories(folder ? [...categories, folder.category] : categories, configuredCategories, everyShelf);
  const shelves = everyShelf.filter((shelf) => isOn(shelf, filter));
  const shelfIds = shelves.map((shelf) => shelf.id);
  return { shelves, ...(await toMediaConditions(database, shelfIds, toCriteria(filter))) };
}

/** Throws UnknownCategoryError for categories that are neither configured nor hold any item. */
export function checkCategories(
  asked: readonly string[],
  configured: readonly string[],
  shelves: readonly Shelf[],
): void {
  const known = new Set([...configured, ...shelves.map((shelf) => shelf.category)]);
  const unknown = asked.filter((key) => !known.has(key));
  if (unknown.length > 0) throw new UnknownCategoryError(unknown, [...known]);
}

function isOn(shelf: Shelf, { categories, mediaTypes, statuses }: MediaFilter): boolean {
  return (
    (categories?.includes(shelf.category) ?? true) &&
    (mediaTypes?.includes(shelf.mediaType) ?? true) &&
    (statuses?.includes(shelf.status) ?? shelf.status !== 'DELETED')
  );
}
