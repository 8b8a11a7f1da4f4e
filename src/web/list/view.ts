/** What an address says of a list: what is in it, in which order, and how it is shown. All of it can be sent as a link. */
export interface View {
  /** Words to search for. */
  q?: string;
  /** Keys of categories. */
  cat?: string[];
  type?: MediaType[];
  status?: MediaStatus[];
  tag?: string[];
  /** Places in the hierarchy, such as `season~Season 1`. */
  at?: string[];
  fav?: boolean;
  /** Stars at least. */
  rating?: number;
  /** Days of capture, such as 2014-03-05, both included. */
  from?: string;
  to?: string;
  sort?: SortField;
  dir?: Direction;
  /** Of the random order. */
  seed?: number;
  view?: LayoutName;
  /** Steps of size, from 0 to 6. */
  zoom?: number;
  /** The ID of the item that the viewer shows. */
  item?: string;
}

/** What changes of a view; undefined takes a parameter away. */
export type ViewChange = { [Name in keyof View]?: View[Name] | undefined };

export const mediaTypes = ['IMAGE', 'VIDEO', 'AUDIO'] as const;
export const statuses = ['AVAILABLE', 'MISSING', 'DELETED'] as const;
export const sortFields = [
  'CAPTURED_AT',
  'CREATED_AT',
  'MODIFIED_AT',
  'TITLE',
  'PATH',
  'HIERARCHY',
  'SIZE',
  'DURATION',
  'RANDOM',
] as const;
export const layouts = ['grid', 'table'] as const;
const directions = ['ASC', 'DESC'] as const;

type MediaType = (typeof mediaTypes)[number];
type MediaStatus = (typeof statuses)[number];
export type SortField = (typeof sortFields)[number];
export type LayoutName = (typeof layouts)[number];
export type Direction = (typeof directions)[number];

export const zoomSteps = 7;

/** Reads the parameters of an address, which anybody may have written: what makes no sense is left out. */
export function readView(given: Record<string, unknown>): View {
  const view: Record<keyof View, unknown> = {
    q: readText(given.q),
    cat: readTexts(given.cat),
    type: readChoices(given.type, mediaTypes),
    status: readChoices(given.status, statuses),
    tag: readTexts(given.tag),
    at: readTexts(given.at)?.filter((place) => place.includes('~')),
    fav: given.fav === true || given.fav === 'true' ? true : undefined,
    rating: readWhole(given.rating, 1, 5),
    from: readDay(given.from),
    to: readDay(given.to),
    sort: readChoice(given.sort, sortFields),
    dir: readChoice(given.dir, directions),
    seed: readWhole(given.seed, 0, 2_147_483_647),
    view: readChoice(given.view, layouts),
    zoom: readWhole(given.zoom, 0, zoomSteps - 1),
    item: readText(given.item),
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
}

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
  companions?: 'HIDE';
}

/** Makes the filter of a view; files that only stand beside others are left out. */
export function toFilter(view: View, category?: string): ListFilter {
  const { at, cat, fav, from, q, rating, status, tag, to, type } = view;
  const categories = category === undefined ? cat : [category];
  return {
    companions: 'HIDE',
    statuses: status ?? ['AVAILABLE'],
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
export function countFilters(view: View): number {
  const { at, cat, fav, from, q, rating, status, tag, to, type } = view;
  const filters = [...(at ?? []), q, fav, rating, status, type, from ?? to, ...(cat ?? []), ...(tag ?? [])];
  return filters.filter((filter) => filter !== undefined).length;
}

function toPlace(place: string): { level: string; value: string } {
  const cut = place.indexOf('~');
  return { level: place.slice(0, cut), value: place.slice(cut + 1) };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60 * 1000).toISOString();
}

const longestText = 500;
const mostTexts = 50;

function readText(given: unknown): string | undefined {
  const text = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
  return text === '' ? undefined : text.slice(0, longestText);
}

function readTexts(given: unknown): string[] | undefined {
  const all = Array.isArray(given) ? (given as unknown[]) : [given];
  const texts = [...new Set(all.map(readText).filter((text) => text !== undefined))];
  return texts.length === 0 ? undefined : texts.slice(0, mostTexts);
}

function readChoice<Choice extends string>(given: unknown, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === given);
}

function readChoices<Choice extends string>(given: unknown, choices: readonly Choice[]): Choice[] | undefined {
  const all = Array.isArray(given) ? (given as unknown[]) : [given];
  const found = choices.filter((choice) => all.includes(choice));
  return found.length === 0 ? undefined : found;
}

function readWhole(given: unknown, least: number, most: number): number | undefined {
  const value = typeof given === 'string' && given !== '' ? Number(given) : given;
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

function readDay(given: unknown): string | undefined {
  if (typeof given !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(given)) return undefined;
  const date = new Date(`${given}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== given ? undefined : given;
}
