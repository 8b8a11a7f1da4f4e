import { novaProfile, type ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { builder } from './builder.ts';
import { toConnection } from './to-connection.ts';
import { MediaItem } from './media-item.schema.ts';
import type { MediaFilter as CatalogueFilter } from '../../library/catalogue/select-media.ts';
import type { MediaOrder as CatalogueOrder } from '../../library/catalogue/media-order.ts';
import { maxSkip, type MediaPage } from '../../library/catalogue/list-media-page.ts';
import { UnknownProfileError } from '../../library/image-proxies/proxy-errors.ts';
import { mediaNumberOf } from '../../base/public-id.ts';
import {
  CompanionVisibility,
  ImageProxyState,
  MediaOrderField,
  MediaOrientation,
  MediaResolution,
  MediaStatus,
  MediaType,
  OrderDirection,
} from './media-enums.schema.ts';
import { maxPageSize, toPageRequest } from '../../base/paging.ts';

const SafeIntRange = builder.inputType('SafeIntRange', {
  description: 'Both ends belong to the range; an end that is left out is open.',
  fields: (t) => ({
    gte: t.field({ type: 'SafeInt', description: 'At least.' }),
    lte: t.field({ type: 'SafeInt', description: 'At most.' }),
  }),
});

const DateTimeRange = builder.inputType('DateTimeRange', {
  description: 'Its start belongs to the range, its end does not; an end that is left out is open.',
  fields: (t) => ({
    gte: t.field({ type: 'DateTime', description: 'At or after.' }),
    lt: t.field({ type: 'DateTime', description: 'Before.' }),
  }),
});

const FloatRange = builder.inputType('FloatRange', {
  description: 'Both ends belong to the range; an end that is left out is open.',
  fields: (t) => ({
    gte: t.float({ description: 'At least.' }),
    lte: t.float({ description: 'At most.' }),
  }),
});

const FolderFilter = builder.inputType('FolderFilter', {
  description: 'A folder of the disk.',
  fields: (t) => ({
    category: t.string({ required: true, description: 'The key of the category whose root has the folder.' }),
    path: t.string({
      required: true,
      defaultValue: '',
      description: 'From the root, such as "2014/Rome"; the root itself is "".',
    }),
    recursive: t.boolean({
      required: true,
      defaultValue: true,
      description: 'Whether items of the folders below count too.',
    }),
  }),
});

const HierarchyFilter = builder.inputType('HierarchyFilter', {
  description: "A place in a category's hierarchy, as `hierarchy` of an item tells it.",
  fields: (t) => ({
    level: t.string({ required: true, description: 'The name of the level, such as "season".' }),
    value: t.string({ required: true, description: 'Such as "Season 1", sign for sign.' }),
  }),
});

const CameraFilter = builder.inputType('CameraFilter', {
  description: 'A camera as `facts.camera` of an item tells it, sign for sign; what is left out may be anything.',
  fields: (t) => ({
    make: t.string({ description: 'Such as "Canon".' }),
    model: t.string({ description: 'Such as "EOS R6".' }),
    lens: t.string({ description: 'The name of the lens.' }),
  }),
});

export const MediaFilter = builder.inputType('MediaFilter', {
  description: 'Conditions that an item must all meet.',
  fields: (t) => ({
    search: t.string({
      description:
        'Parts of the title, the description, the path, the tags, and of what the file says of itself (artist, album, keywords, camera): words in any order, "phrases" in quotation marks. Case, accents, width and the kind of kana do not matter.',
    }),
    categories: t.stringList({ description: 'Keys of categories: any of these.' }),
    mediaTypes: t.field({ type: [MediaType], description: 'Any of these.' }),
    statuses: t.field({ type: [MediaStatus], description: 'Any of these; left out: all but DELETED.' }),
    sizeBytes: t.field({ type: SafeIntRange, description: "The file's size." }),
    modifiedAt: t.field({ type: DateTimeRange, description: 'When the file was modified.' }),
    createdAt: t.field({ type: DateTimeRange, description: 'When the item was catalogued.' }),
    capturedAt: t.field({
      type: DateTimeRange,
      description:
        'When it was recorded, by the clock of the place: from 2024-07-01T00:00:00Z on is from midnight there on.',
    }),
    tags: t.stringList({ description: 'Tags that people gave it: all of these, in any case.' }),
    favourite: t.boolean({ description: 'Whether people marked it.' }),
    rating: t.field({ type: SafeIntRange, description: 'The rating that people gave it; items without one do not count.' }),
    sha256: t.string({ description: '64 hexadecimal digits.' }),
    hasDuplicate: t.boolean({
      description: 'Whether another item that is not deleted has the same bytes, as far as their SHA-256 are known.',
    }),
    proxy: t.field({
      type: ImageProxyState,
      description: 'Whether an image proxy was made of its present file, or is still needed.',
    }),
    proxyProfile: t.string({ description: `With \`proxy\`: the profile that is meant; left out: "${novaProfile.name}".` }),
    folder: t.field({ type: FolderFilter, description: 'Where the file lies.' }),
    extensions: t.stringList({ description: 'Endings of filenames, such as "jpg": any of these, in any case; at most 50.' }),
    hierarchy: t.field({ type: [HierarchyFilter], description: 'Places in the hierarchy: all of these, at most 10.' }),
    durationSeconds: t.field({ type: FloatRange, description: 'The duration; items without one do not count.' }),
    width: t.field({ type: SafeIntRange, description: 'The width as displayed, in pixels.' }),
    height: t.field({ type: SafeIntRange, description: 'The height as displayed, in pixels.' }),
    orientation: t.field({ type: [MediaOrientation], description: 'Any of these.' }),
    resolutions: t.field({ type: [MediaResolution], description: 'Any of these.' }),
    codecs: t.stringList({
      description:
        'Codecs such as "HEVC" or "AAC": any of these, of the first picture track or the first sound track; at most 50.',
    }),
    videoCodecs: t.stringList({ description: 'The same, of the first picture track alone.' }),
    audioCodecs: t.stringList({ description: 'The same, of the first sound track alone.' }),
    camera: t.field({ type: CameraFilter, description: 'What took it.' }),
    hasLocation: t.boolean({ description: 'Whether it is known where it was recorded.' }),
    deletedAt: t.field({ type: DateTimeRange, description: 'When a person removed it; ask for `statuses: DELETED` too.' }),
    missingSince: t.field({ type: DateTimeRange, description: 'When a scan first missed its file.' }),
    companions: t.field({ type: CompanionVisibility, description: 'Left out: SHOW.' }),
  }),
});

export const MediaOrder = builder.inputType('MediaOrder', {
  description: 'The order of a list.',
  fields: (t) => ({
    field: t.field({ type: MediaOrderField, required: true, description: 'What to sort by.' }),
    direction: t.field({
      type: OrderDirection,
      required: true,
      defaultValue: 'ASC',
      description: 'Ties follow it too.',
    }),
    seed: t.int({
      description: 'For RANDOM, which needs it: any whole number. The same seed gives the same order on all pages.',
    }),
    from: t.string({
      description:
        'Where the list begins, as a value of the field: "m" by title, "2014-03" or a time by a date, a number of bytes or seconds. All before it are still there, by the cursor.',
    }),
  }),
});

export const MediaItemConnection = builder.connectionObject<typeof MediaItem, Pick<MediaPage, 'totalCount'>>(
  {
    type: MediaItem,
    name: 'MediaItemConnection',
    fields: (connection) => ({
      totalCount: connection.int({
        description: 'How many items meet the filter, on all pages.',
        resolve: ({ totalCount }) => totalCount(),
      }),
    }),
  },
  { name: 'MediaItemEdge' },
);

builder.queryFields((t) => ({
  media: t.connection(
    {
      type: MediaItem,
      description: `The catalogue, a page at a time: 50 items unless told otherwise, at most ${maxPageSize}.`,
      args: {
        filter: t.arg({ type: MediaFilter, description: 'Left out: everything but DELETED items.' }),
        orderBy: t.arg({ type: MediaOrder, description: 'Left out: the newest first.' }),
        skip: t.arg.int({ description: `How many items are passed over first: at most ${maxSkip}.` }),
      },
      resolve: async (_root, { filter, orderBy, skip, ...page }, { catalogue, imageProxies }) => {
        const request = { ...toPageRequest(page), skip: skip ?? 0 };
        return toConnection(await catalogue.list(toMediaFilter(filter, imageProxies), toMediaOrder(orderBy), request));
      },
    },
    MediaItemConnection,
  ),
  mediaItem: t.field({
    type: MediaItem,
    nullable: true,
    description: 'The media item with this ID, whatever its status.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of a MediaItem.' }) },
    resolve: (_root, { id }, { catalogue }) => {
      const number = mediaNumberOf(id);
      if (number === null) throw new InvalidInputError('id', `"${id.slice(0, 80)}" is not the ID of a media item.`);
      return catalogue.find(number);
    },
  }),
}));

/** The profiles of the configuration. */
export interface Profiles {
  /** Throws UnknownProfileError. */
  profile(name: string): Pick<ImageProxyProfile, 'name' | 'shorterSide'>;
}

/** Turns what a client gives into what the catalogue takes; `at` is where the filter stands. Throws InvalidInputError. */
export function toMediaFilter(
  filter: typeof MediaFilter.$inferInput | null | undefined,
  profiles: Profiles,
  at = 'filter',
): CatalogueFilter {
  const { companions, proxy, proxyProfile, ...criteria } = withoutNulls(filter ?? {});
  if (proxy === undefined && proxyProfile !== undefined) {
    throw new InvalidInputError(`${at}.proxyProfile`, '`proxyProfile` goes with `proxy`, which says what of it is meant.');
  }
  const withoutCompanions = companions === 'HIDE' || undefined;
  if (proxy === undefined) return { ...criteria, withoutCompanions };
  const { name, shorterSide } = findProfile(profiles, proxyProfile ?? novaProfile.name, at);
  return { ...criteria, withoutCompanions, proxy: { state: proxy, profile: name, shorterSide } };
}

function findProfile(profiles: Profiles, name: string, at: string): Pick<ImageProxyProfile, 'name' | 'shorterSide'> {
  try {
    return profiles.profile(name);
  } catch (error) {
    if (error instanceof UnknownProfileError) throw new InvalidInputError(`${at}.proxyProfile`, error.message);
    throw error;
  }
}

export function toMediaOrder(orderBy: typeof MediaOrder.$inferInput | null | undefined): CatalogueOrder {
  return withoutNulls(orderBy ?? { field: 'CREATED_AT', direction: 'DESC' });
}

type WithoutNulls<T> = T extends Date
  ? T
  : T extends object
    ? { [K in keyof T]: WithoutNulls<Exclude<T[K], null>> }
    : T;

/** Leaves out the input fields that are null: they mean the same as those that are left out. */
function withoutNulls<T extends object>(input: T): WithoutNulls<T> {
  const entries = Object.entries(input).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, isInputObject(value) ? withoutNulls(value) : value]),
  ) as WithoutNulls<T>;
}

function isInputObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
