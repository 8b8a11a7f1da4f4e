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
  /** A folder and what is below it, such as `photos/2014/Rome`: the key of a category first. */
  in?: string;
  /** Endings of filenames. */
  ext?: string[];
  codec?: string[];
  /** The model of a camera, and the name of a lens. */
  cam?: string;
  lens?: string;
  res?: Resolution[];
  shape?: Shape[];
  /** From one number to another one, either of them left out: seconds, bytes, and pixels of width and height, such as `60-600` or `60-`. */
  len?: string;
  size?: string;
  w?: string;
  h?: string;
  /** Whether it is known where it was recorded. */
  gps?: boolean;
  /** Whether the same bytes are there twice. */
  dup?: boolean;
  proxy?: ProxyState;
  /** Days from which on it was added, missed, or removed. */
  added?: string;
  missed?: string;
  gone?: string;
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
export const layouts = ['grid', 'wall', 'table'] as const;
export const resolutions = ['UHD_8K', 'UHD_4K', 'QHD_1440', 'HD_1080', 'HD_720', 'SD'] as const;
export const shapes = ['LANDSCAPE', 'PORTRAIT', 'SQUARE'] as const;
export const proxyStates = ['NEEDED', 'MADE'] as const;
const directions = ['ASC', 'DESC'] as const;

export type MediaType = (typeof mediaTypes)[number];
export type MediaStatus = (typeof statuses)[number];
export type Resolution = (typeof resolutions)[number];
export type Shape = (typeof shapes)[number];
export type ProxyState = (typeof proxyStates)[number];
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
    at: some(
      readTexts(given.at)
        ?.filter((place) => place.includes('~'))
        .slice(0, mostPlaces),
    ),
    fav: given.fav === true || given.fav === 'true' ? true : undefined,
    rating: readWhole(given.rating, 1, 5),
    from: readDay(given.from),
    to: readDay(given.to),
    in: readFolder(given.in),
    ext: readEndings(given.ext),
    codec: readTexts(given.codec),
    cam: readText(given.cam),
    lens: readText(given.lens),
    res: readChoices(given.res, resolutions),
    shape: readChoices(given.shape, shapes),
    len: readRange(given.len),
    size: readRange(given.size),
    w: readRange(given.w),
    h: readRange(given.h),
    gps: readFlag(given.gps),
    dup: readFlag(given.dup),
    proxy: readChoice(given.proxy, proxyStates),
    added: readDay(given.added),
    missed: readDay(given.missed),
    gone: readDay(given.gone),
    sort: readChoice(given.sort, sortFields),
    dir: readChoice(given.dir, directions),
    seed: readWhole(given.seed, 0, 2_147_483_647),
    view: readChoice(given.view, layouts),
    zoom: readWhole(given.zoom, 0, zoomSteps - 1),
    item: readText(given.item),
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
}

/** Reads `60-600`: at least and at most. What makes no sense is left out. */
export function rangeOf(text: string): { gte?: number; lte?: number } {
  const [, low = '', high = ''] = /^(\d{0,15})-(\d{0,15})$/.exec(text) ?? [];
  if (low !== '' && high !== '' && Number(low) > Number(high)) return {};
  return { ...(low !== '' && { gte: Number(low) }), ...(high !== '' && { lte: Number(high) }) };
}

/** Returns undefined for no range at all. */
export function writeRange(gte: number | undefined, lte: number | undefined): string | undefined {
  return gte === undefined && lte === undefined ? undefined : `${gte ?? ''}-${lte ?? ''}`;
}

const longestText = 500;
const mostTexts = 50;
const mostPlaces = 10;

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

function some(texts: string[] | undefined): string[] | undefined {
  return texts?.length === 0 ? undefined : texts;
}

function readEndings(given: unknown): string[] | undefined {
  const endings = readTexts(given)?.map((ending) => ending.toLowerCase()) ?? [];
  return some([...new Set(endings)].filter((ending) => /^[^\s/\\]{1,20}$/.test(ending)));
}

function readFolder(given: unknown): string | undefined {
  const steps = readText(given)?.split('/') ?? [''];
  return steps.some((step) => step === '' || step === '.' || step === '..') ? undefined : steps.join('/');
}

function readFlag(given: unknown): boolean | undefined {
  const flags: Record<string, boolean> = { true: true, false: false };
  return Object.hasOwn(flags, String(given)) ? flags[String(given)] : undefined;
}

function readRange(given: unknown): string | undefined {
  const { gte, lte } = typeof given === 'string' ? rangeOf(given) : {};
  return gte === undefined && lte === undefined ? undefined : writeRange(gte, lte);
}

function readDay(given: unknown): string | undefined {
  if (typeof given !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(given)) return undefined;
  const date = new Date(`${given}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== given ? undefined : given;
}
