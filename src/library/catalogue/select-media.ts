import type { Database } from '../../base/database/database.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { isStorableText } from '../../base/text.ts';
import { searchTermsOf } from '../metadata/search-text.ts';
import { tagKeyOf } from './media-words.ts';
import { UnknownCategoryError } from './media-errors.ts';
import { toMediaConditions, type MediaConditions, type MediaCriteria } from './sql/media-conditions.ts';
import { readShelves, type MediaStatus, type Shelf } from './sql/shelves.ts';

export interface MediaFilter extends Omit<MediaCriteria, 'terms' | 'tagKeys'> {
  /** An item has all of these. */
  tags?: readonly string[] | undefined;
  /** Words in any order, and phrases in quotation marks: an item has all of them. */
  search?: string | undefined;
  categories?: readonly string[] | undefined;
  mediaTypes?: readonly string[] | undefined;
  /** Left out: all but DELETED. */
  statuses?: readonly MediaStatus[] | undefined;
}

/** The items that a filter means: on some shelves, with some conditions. */
export interface SelectedMedia extends MediaConditions {
  shelves: Shelf[];
}

const maxSearchLength = 200;
const maxTags = 20;

/**
 * Turns a filter into what the statements need. Throws InvalidInputError for a search that is too long and a SHA-256 that
 * is none, UnknownCategoryError for a category that is neither configured nor holds any item.
 */
export async function selectMedia(
  database: Database,
  configuredCategories: readonly string[],
  filter: MediaFilter,
): Promise<SelectedMedia> {
  const everyShelf = await readShelves(database);
  checkCategories(filter.categories ?? [], configuredCategories, everyShelf);
  const shelves = everyShelf.filter((shelf) => isOn(shelf, filter));
  const shelfIds = shelves.map((shelf) => shelf.id);
  return { shelves, ...(await toMediaConditions(database, shelfIds, toCriteria(filter))) };
}

function checkCategories(asked: readonly string[], configured: readonly string[], shelves: readonly Shelf[]): void {
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

function toCriteria(filter: MediaFilter): MediaCriteria {
  const { search, sha256, tags, sizeBytes, modifiedAt, createdAt, capturedAt, favourite, rating, withoutCompanions } =
    filter;
  if (search !== undefined && search.length > maxSearchLength) {
    throw new InvalidInputError(
      'filter.search',
      `The search term has ${search.length} characters; at most ${maxSearchLength} are allowed.`,
    );
  }
  if (search !== undefined && !isStorableText(search)) {
    throw new InvalidInputError('filter.search', 'The search term holds a NUL or half a character: give whole text.');
  }
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new InvalidInputError('filter.sha256', `"${sha256.slice(0, 80)}" is no SHA-256: give 64 hexadecimal digits.`);
  }
  if ((tags?.length ?? 0) > maxTags) {
    throw new InvalidInputError('filter.tags', `An item is asked for at most ${maxTags} tags at once.`);
  }
  return {
    sizeBytes,
    modifiedAt,
    createdAt,
    capturedAt,
    favourite,
    rating,
    withoutCompanions,
    tagKeys: tags?.map(toTagKey),
    sha256: sha256?.toLowerCase(),
    terms: search === undefined ? undefined : searchTermsOf(search),
  };
}

function toTagKey(tag: string): string {
  const key = tagKeyOf(tag);
  if (key === null)
    throw new InvalidInputError('filter.tags', `"${tag.slice(0, 80)}" can be no tag: none is empty or so long.`);
  return key;
}
