import type { CategoryConfig } from '../../base/config/media-config.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Shelf } from '../../library/catalogue/sql/shelves.ts';
import { builder } from './builder.ts';
import { MediaType, StorageFormat } from './media-enums.schema.ts';

/** A category, or the key of one that left the configuration while items still belong to it. */
type CategoryView = Pick<
  CategoryConfig,
  'key' | 'label' | 'isDefault' | 'mediaType' | 'storageFormat' | 'rootPath' | 'rootMarker' | 'playback' | 'ui'
>;

interface StatusCounts {
  available: number;
  missing: number;
  deleted: number;
}

const StatusCountsType = builder.objectRef<StatusCounts>('StatusCounts').implement({
  description: 'How many items there are in each status.',
  fields: (t) => ({
    available: t.exposeInt('available', { description: 'Those whose files are there.' }),
    missing: t.exposeInt('missing', { description: 'Those whose files a scan did not find.' }),
    deleted: t.exposeInt('deleted', { description: 'Those that a person removed.' }),
    total: t.int({
      description: 'All of them together.',
      resolve: ({ available, missing, deleted }) => available + missing + deleted,
    }),
  }),
});

const CategoryState = builder.enumType('CategoryState', {
  description: "Whether a category's files are within reach.",
  values: {
    ONLINE: { description: 'Its root is there, and is the one that was scanned.' },
    OFFLINE: { description: 'Its root is not there, or another disk is in its place. Its items keep their status.' },
  } as const,
});

export const Category = builder.objectRef<CategoryView>('Category').implement({
  description: 'A configured root of media files.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Unique; what filters and inputs take.' }),
    label: t.exposeString('label', { description: 'For people.' }),
    isDefault: t.exposeBoolean('isDefault', { description: 'Where uploads go that name no category.' }),
    mediaType: t.expose('mediaType', { type: MediaType, description: 'What all its files are.' }),
    storageFormat: t.expose('storageFormat', { type: StorageFormat, description: 'How its files belong together.' }),
    rootPath: t.exposeString('rootPath', {
      description: "The root folder on the service's machine. For administrators.",
      authScopes: { admin: true },
    }),
    rootExists: t.boolean({
      description: 'Whether the root folder is there now.',
      resolve: async ({ key }, _args, { load }) => (await load.rootStates()).get(key)?.exists ?? false,
    }),
    state: t.field({
      type: CategoryState,
      description: 'Whether its files are within reach: as of a second ago at most.',
      resolve: async (category, _args, { roots }) => (await roots.recogniseOften(category)).state,
    }),
    offlineReason: t.string({
      nullable: true,
      description: 'Why it is OFFLINE, in part of a sentence.',
      resolve: async (category, _args, { roots }) => {
        const recognition = await roots.recogniseOften(category);
        return recognition.state === 'OFFLINE' ? recognition.reason : null;
      },
    }),
    counts: t.field({
      type: StatusCountsType,
      description: 'How many items are shown under it.',
      resolve: async ({ key }, _args, { load }) => countByStatus(await load.shelves(), key),
    }),
    totalSizeBytes: t.field({
      type: 'SafeInt',
      description: 'The size of all available files.',
      resolve: async ({ key }, _args, { load }) => sizeOf(await load.shelves(), key),
    }),
    lastScannedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When a scan last went through the root, in part or whole. Dry runs do not count.',
      resolve: async ({ key }, _args, { load }) => (await load.categoryScans()).get(key)?.lastScannedAt ?? null,
    }),
    playback: t.expose('playback', { type: 'JSON', nullable: true, description: 'As configured, for players.' }),
    ui: t.expose('ui', { type: 'JSON', nullable: true, description: 'As configured, for frontends.' }),
  }),
});

builder.queryFields((t) => ({
  categories: t.field({
    type: [Category],
    description: 'All configured categories, in the order of the configuration.',
    resolve: (_root, _args, { mediaConfig }) => mediaConfig.current().categories,
  }),
  category: t.field({
    type: Category,
    nullable: true,
    description: 'The configured category with this key.',
    args: { key: t.arg.string({ required: true, description: 'As in the configuration, in the same case.' }) },
    resolve: (_root, { key }, { mediaConfig }) => mediaConfig.findCategory(key) ?? null,
  }),
}));

/** Returns the category with that key; where it is no longer configured, a stand-in whose label is the key. */
export function categoryOf(mediaConfig: Pick<MediaConfigStore, 'findCategory'>, key: string): CategoryView {
  return (
    mediaConfig.findCategory(key) ?? {
      key,
      label: key,
      isDefault: false,
      mediaType: 'VIDEO',
      storageFormat: 'COLLECTION',
      rootPath: '',
      rootMarker: false,
      playback: null,
      ui: null,
    }
  );
}

function countByStatus(shelves: readonly Shelf[], category: string): StatusCounts {
  const counts: StatusCounts = { available: 0, missing: 0, deleted: 0 };
  const names = { AVAILABLE: 'available', MISSING: 'missing', DELETED: 'deleted' } as const;
  for (const shelf of shelves) {
    if (shelf.category === category) counts[names[shelf.status]] += shelf.itemCount;
  }
  return counts;
}

function sizeOf(shelves: readonly Shelf[], category: string): number {
  return shelves
    .filter((shelf) => shelf.category === category && shelf.status === 'AVAILABLE')
    .reduce((sum, shelf) => sum + shelf.sizeBytes, 0);
}
