import type { Database } from '../../base/database/database.ts';
import { countMedia, listMedia, type MediaOrderField } from './sql/list-media.ts';
import { toMediaConditions, type MediaCriteria } from './sql/media-conditions.ts';
import type { MediaRecord } from './sql/media-rows.ts';
import { readShelves, type MediaStatus, type Shelf } from './sql/shelves.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { normalizeSearch } from '../metadata/search-text.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { UnknownCategoryError } from './media-errors.ts';
import { type KeysetPage, type PageRequest, toKeysetPage } from '../../base/paging.ts';
import { isStorableText } from '../../base/text.ts';

export interface MediaFilter extends MediaCriteria {
  categories?: readonly string[] | undefined;
  mediaTypes?: readonly string[] | undefined;
  /** Left out: all but DELETED. */
  statuses?: readonly MediaStatus[] | undefined;
}

export interface MediaOrder {
  field: MediaOrderField;
  direction: 'ASC' | 'DESC';
}

export interface MediaPage extends KeysetPage<MediaRecord> {
  /** Counts on demand: most pages are never counted. */
  totalCount(): Promise<number>;
}

const maxSearchLength = 200;

/**
 * Returns a page of the catalogue in a stable order: cursors stay right while rows are added, ties are broken by age.
 * Throws InvalidInputError for a cursor that does not fit, a search term that is too long and a SHA-256 that is none,
 * UnknownCategoryError for a category that is neither configured nor holds any item.
 */
export async function listMediaPage(
  database: Database,
  configuredCategories: readonly string[],
  filter: MediaFilter,
  order: MediaOrder,
  page: PageRequest,
): Promise<MediaPage> {
  const everyShelf = await readShelves(database);
  checkCategories(filter.categories ?? [], configuredCategories, everyShelf);
  const shelves = everyShelf.filter((shelf) => isOn(shelf, filter));
  const shelfIds = shelves.map((shelf) => shelf.id);
  const conditions = await toMediaConditions(database, shelfIds, normalize(filter));
  const { field } = order;
  const { count, backward, cursor } = page;
  // One row more than asked for shows whether the list goes on.
  const rows = await listMedia(database, {
    ...conditions,
    shelves,
    field,
    descending: (order.direction === 'DESC') !== backward,
    after: cursor === null ? null : decodeCursor(backward ? 'before' : 'after', cursor, field),
    limit: count + 1,
  });
  const { edges, ...neighbours } = toKeysetPage(page, rows, ({ position }) => encodeCursor(field, position));
  return {
    ...neighbours,
    edges: edges.map((edge) => ({ cursor: edge.cursor, node: edge.node.record })),
    totalCount: () => countMedia(database, shelves, conditions),
  };
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

function normalize(filter: MediaFilter): MediaCriteria {
  const { search, sha256, sizeBytes, modifiedAt, createdAt, capturedAt } = filter;
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
  const term = search === undefined ? '' : normalizeSearch(search);
  return {
    sizeBytes,
    modifiedAt,
    createdAt,
    capturedAt,
    sha256: sha256?.toLowerCase(),
    search: term === '' ? undefined : term,
  };
}
