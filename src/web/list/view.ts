import {
  rangeOf,
  readView,
  type Direction,
  type MediaStatus,
  type MediaType,
  type ProxyState,
  type Resolution,
  type Shape,
  type SortField,
  type View,
  type ViewChange,
} from './view-parameters.ts';

export {
  layouts,
  mediaTypes,
  readView,
  sortFields,
  statuses,
  zoomSteps,
  type LayoutName,
  type SortField,
  type View,
  type ViewChange,
} from './view-parameters.ts';

/** What the service filters a list by. */
export interface ListFilter {
  folder?: { category: string; path: string; recursive: boolean };
  hierarchy?: { level: string; value: string }[];
  search?: string;
  categories?: string[];
  mediaTypes?: MediaType[];
  statuses?: MediaStatus[];
  tags?: string[];
  favourite?: boolean;
  rating?: { gte: number };
  /** From the first moment of a day to before the first one of another. */
  capturedAt?: { gte?: string; lt?: string };
  extensions?: string[];
  codecs?: string[];
  camera?: { model?: string; lens?: string };
  resolutions?: Resolution[];
  orientation?: Shape[];
  durationSeconds?: NumberRange;
  sizeBytes?: NumberRange;
  width?: NumberRange;
  height?: NumberRange;
  hasLocation?: boolean;
  hasDuplicate?: boolean;
  proxy?: ProxyState;
  createdAt?: { gte: string };
  missingSince?: { gte: string };
  deletedAt?: { gte: string };
  companions?: 'HIDE';
}

interface NumberRange {
  gte?: number;
  lte?: number;
}

/** Makes the filter of a view; files that only stand beside others are left out. */
export function toFilter(view: View, category?: string): ListFilter {
  const { at, cat, fav, from, gone, missed, q, rating, status, tag, to, type } = view;
  const usual = gone !== undefined ? 'DELETED' : missed !== undefined ? 'MISSING' : 'AVAILABLE';
  const categories = category === undefined ? cat : [category];
  return {
    companions: 'HIDE',
    statuses: status ?? [usual],
    ...(q !== undefined && { search: q }),
    ...(categories !== undefined && { categories }),
    ...(type !== undefined && { mediaTypes: type }),
    ...(tag !== undefined && { tags: tag }),
    ...(at !== undefined && at.length > 0 && { hierarchy: at.map(toPlace) }),
    ...(fav !== undefined && { favourite: fav }),
    ...(rating !== undefined && { rating: { gte: rating } }),
    ...((from !== undefined || to !== undefined) && {
      capturedAt: {
        ...(from !== undefined && { gte: `${from}T00:00:00.000Z` }),
        ...(to !== undefined && { lt: dayAfter(to) }),
      },
    }),
    ...toFileFilter(view),
  };
}

/** What the file is, and what became of it. */
function toFileFilter(view: View): ListFilter {
  const { added, cam, codec, dup, ext, gone, gps, h, len, lens, missed, proxy, res, shape, size, w } = view;
  const since = (day: string) => ({ gte: `${day}T00:00:00.000Z` });
  return {
    ...(view.in !== undefined && { folder: toFolder(view.in) }),
    ...(ext !== undefined && { extensions: ext }),
    ...(codec !== undefined && { codecs: codec }),
    ...((cam !== undefined || lens !== undefined) && {
      camera: { ...(cam !== undefined && { model: cam }), ...(lens !== undefined && { lens }) },
    }),
    ...(res !== undefined && { resolutions: res }),
    ...(shape !== undefined && { orientation: shape }),
    ...(len !== undefined && { durationSeconds: rangeOf(len) }),
    ...(size !== undefined && { sizeBytes: rangeOf(size) }),
    ...(w !== undefined && { width: rangeOf(w) }),
    ...(h !== undefined && { height: rangeOf(h) }),
    ...(gps !== undefined && { hasLocation: gps }),
    ...(dup !== undefined && { hasDuplicate: dup }),
    ...(proxy !== undefined && { proxy }),
    ...(added !== undefined && { createdAt: since(added) }),
    ...(missed !== undefined && { missingSince: since(missed) }),
    ...(gone !== undefined && { deletedAt: since(gone) }),
  };
}

export interface ListOrder {
  field: SortField;
  direction: Direction;
  seed?: number;
}

/** How lists begin: by a category's own wish, else the newest pictures first and names from A to Z. */
export function defaultOrder(mediaType: string | undefined, ui: unknown): ListOrder {
  const wish = typeof ui === 'object' && ui !== null && 'sort' in ui ? String(ui.sort).toLowerCase() : '';
  const wished = Object.hasOwn(orderWishes, wish) ? orderWishes[wish] : undefined;
  if (wished !== undefined) return wished;
  if (mediaType === 'VIDEO' || mediaType === 'AUDIO') return { field: 'HIERARCHY', direction: 'ASC' };
  return { field: 'CAPTURED_AT', direction: 'DESC' };
}

const orderWishes: Record<string, ListOrder> = {
  title: { field: 'TITLE', direction: 'ASC' },
  path: { field: 'PATH', direction: 'ASC' },
  hierarchy: { field: 'HIERARCHY', direction: 'ASC' },
  captured: { field: 'CAPTURED_AT', direction: 'DESC' },
  newest: { field: 'CREATED_AT', direction: 'DESC' },
  added: { field: 'CREATED_AT', direction: 'DESC' },
  size: { field: 'SIZE', direction: 'DESC' },
  duration: { field: 'DURATION', direction: 'DESC' },
};

/** In which direction an order is read at first. */
export function usualDirection(field: SortField): Direction {
  const fromTheLeast: readonly SortField[] = ['TITLE', 'PATH', 'HIERARCHY', 'RANDOM'];
  return fromTheLeast.includes(field) ? 'ASC' : 'DESC';
}

/** Makes the order of a view, which may leave it to the list. */
export function toOrder({ dir, seed, sort }: View, usual: ListOrder): ListOrder {
  const field = sort ?? usual.field;
  const direction = dir ?? (sort === undefined ? usual.direction : usualDirection(field));
  return { field, direction, ...(field === 'RANDOM' && { seed: seed ?? 1 }) };
}

/** Returns the view without a filter: as the category or place shows itself. */
export function withoutFilters({ dir, seed, sort, view, zoom }: View): View {
  return readView({ dir, seed, sort, view, zoom });
}

/** How many filters are in force. */
export function countFilters(view: ViewChange): number {
  const { dir: _d, item: _i, seed: _s, sort: _o, view: _v, zoom: _z, from, to, ...filters } = view;
  const each: Record<string, unknown> = { ...filters, time: from ?? to };
  const counted = new Set(['at', 'cat', 'tag']);
  return Object.entries(each).reduce((sum, [name, value]) => {
    if (value === undefined) return sum;
    return sum + (counted.has(name) && Array.isArray(value) ? value.length : 1);
  }, 0);
}

function toFolder(place: string): NonNullable<ListFilter['folder']> {
  const [category = '', ...path] = place.split('/');
  return { category, path: path.join('/'), recursive: true };
}

function toPlace(place: string): { level: string; value: string } {
  const cut = place.indexOf('~');
  return { level: place.slice(0, cut), value: place.slice(cut + 1) };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60 * 1000).toISOString();
}
