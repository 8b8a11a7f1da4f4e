import type { Database } from '../../../base/database/database.ts';
import { dialectOf, raw, sql, timestampOf, type Sql } from '../../../base/database/sql.ts';
import { capturedAtColumn, durationColumn } from './fact-columns.ts';
import type { Shelf } from './shelves.ts';

/** What a list is sorted by, of a media item `m`. */
interface SortColumn {
  /** Dates in milliseconds, texts or numbers. */
  kind: 'date' | 'text' | 'number';
  /** The value of any item; where the shelf does not give it, there is an index of shelf, value and id. */
  valueOf(database: Database): Sql;
  /** The value of all items on a shelf, where they share one; null where each has its own. */
  sharedOn?(shelf: Shelf): string | number | null;
  /** The value of an item on a shelf that gives none, and what the index says of it; left out: as for any item. */
  onShelf?: { value: Sql; condition: Sql };
}

export const sortColumns = {
  CREATED_AT: plain('date', raw('m.created_at')),
  UPDATED_AT: plain('date', raw('m.updated_at')),
  MODIFIED_AT: plain('date', raw('m.modified_at')),
  // Where the time of capture is not known, the file's own stands for it; the index is on this expression.
  CAPTURED_AT: plain('date', capturedAtColumn),
  DELETED_AT: sinceStatus(raw('m.deleted_at'), 'DELETED'),
  MISSING_SINCE: sinceStatus(raw('m.missing_since'), 'MISSING'),
  TITLE: plain('text', raw('m.title_key')),
  FILENAME: plain('text', raw('m.filename')),
  PATH: plain('text', raw('m.path_order')),
  HIERARCHY: plain('text', raw('coalesce(m.hierarchy_order, m.path_order)')),
  SIZE: plain('number', raw('m.size_bytes')),
  DURATION: plain('number', durationColumn),
  // The status is a column of the shelf, not of the item.
  STATUS: {
    kind: 'text',
    valueOf: () => sql`(SELECT status FROM shelves WHERE id = m.shelf_id)`,
    sharedOn: (shelf) => shelf.status,
  },
} as const satisfies Record<string, SortColumn>;

/** What lists of any items can be sorted by. */
export type SortField = keyof typeof sortColumns;

/** Orders of some items. */
const partialColumns = {
  // Songs whose tags name an album have it, and an index of their own.
  ALBUM: {
    kind: 'text',
    valueOf: () => raw("coalesce(m.album_order, '')"),
    onShelf: { value: raw('m.album_order'), condition: raw('m.album_order IS NOT NULL') },
  },
} as const satisfies Record<string, SortColumn>;

export type ListField = SortField | keyof typeof partialColumns;

const listColumns = { ...sortColumns, ...partialColumns };

export function sortColumnOf(field: ListField): SortColumn {
  return listColumns[field];
}

export function isListField(name: string): name is ListField {
  return Object.hasOwn(listColumns, name);
}

function plain(kind: SortColumn['kind'], column: Sql): SortColumn {
  return { kind, valueOf: () => column };
}

/** Items of other statuses have no such date, and stand together before all that have one. */
function sinceStatus(column: Sql, status: Shelf['status']): SortColumn {
  return {
    kind: 'date',
    valueOf: (database) => sql`coalesce(${column}, ${timestampOf(dialectOf(database), new Date(0))})`,
    sharedOn: (shelf) => (shelf.status === status ? null : 0),
    onShelf: { value: column, condition: sql`${column} IS NOT NULL` },
  };
}
