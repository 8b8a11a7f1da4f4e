import { MediaType } from '../catalogue/media-enums.schema.ts';
import { formatBytes } from '../catalogue/format-bytes.ts';
import { describeLibrary, type LibraryStats } from '../catalogue/library-stats.ts';
import type { RootState } from '../config/check-roots.ts';
import { builder } from '../graphql/builder.ts';
import { ScanJob } from './scan-job.schema.ts';
import { ScanSummaryType } from './scan-summary.schema.ts';
import { supportedExtensions } from './supported-extensions.ts';

const ScanStatus = builder.enumType('ScanStatus', { values: ['IDLE', 'RUNNING'] as const });

const ScanDirectory = builder.objectRef<RootState>('ScanDirectory').implement({
  description: "A category's root folder as the service finds it now.",
  fields: (t) => ({
    category: t.exposeString('category'),
    rootPath: t.exposeString('rootPath'),
    exists: t.exposeBoolean('exists'),
    readable: t.exposeBoolean('readable'),
    writable: t.exposeBoolean('writable'),
  }),
});

const CategoryStats = builder.objectRef<LibraryStats['categories'][number]>('CategoryStats').implement({
  description: 'The available items of a category.',
  fields: (t) => ({
    key: t.exposeString('key'),
    label: t.exposeString('label'),
    count: t.exposeInt('count'),
    sizeBytes: t.expose('sizeBytes', { type: 'SafeInt' }),
  }),
});

const MediaTypeStats = builder.objectRef<LibraryStats['mediaTypes'][number]>('MediaTypeStats').implement({
  description: 'The available items of a media type.',
  fields: (t) => ({
    mediaType: t.expose('mediaType', { type: MediaType }),
    count: t.exposeInt('count'),
    sizeBytes: t.expose('sizeBytes', { type: 'SafeInt' }),
  }),
});

const LibraryStatsType = builder.objectRef<LibraryStats>('LibraryStats').implement({
  description: 'The available items of the whole library.',
  fields: (t) => ({
    totalItems: t.exposeInt('totalItems'),
    totalSizeBytes: t.expose('totalSizeBytes', { type: 'SafeInt' }),
    totalSizeFormatted: t.string({
      description: 'For people: such as "1.50 GB".',
      resolve: ({ totalSizeBytes }) => formatBytes(totalSizeBytes),
    }),
    categories: t.expose('categories', { type: [CategoryStats] }),
    mediaTypes: t.expose('mediaTypes', { type: [MediaTypeStats] }),
  }),
});

// The fields ask for what they need, so that a query for one of them does not pay for the others.
const ScanInfo = builder.objectRef<object>('ScanInfo').implement({
  description: 'The scanner, its folders and what it has found.',
  fields: (t) => ({
    status: t.field({
      type: ScanStatus,
      resolve: async (_info, _args, { scanner }) => ((await scanner.activeScan()) === null ? 'IDLE' : 'RUNNING'),
    }),
    activeScan: t.field({
      type: ScanJob,
      nullable: true,
      resolve: (_info, _args, { scanner }) => scanner.activeScan(),
    }),
    lastScan: t.field({
      type: ScanSummaryType,
      nullable: true,
      description: 'The newest scan that finished; dry runs do not count.',
      resolve: (_info, _args, { scanner }) => scanner.lastScan(),
    }),
    configVersion: t.int({ resolve: (_info, _args, { mediaConfig }) => mediaConfig.current().version }),
    directories: t.field({
      type: [ScanDirectory],
      resolve: async (_info, _args, { once }) => [...(await once.rootStates()).values()],
    }),
    supportedExtensions: t.stringList({
      description: 'The extensions that the include patterns name, such as ".mp4".',
      resolve: (_info, _args, { mediaConfig }) => supportedExtensions(mediaConfig.current()),
    }),
    library: t.field({
      type: LibraryStatsType,
      resolve: async (_info, _args, { mediaConfig, once }) =>
        describeLibrary(mediaConfig.current(), await once.shelves()),
    }),
  }),
});

builder.queryField('scanInfo', (t) => t.field({ type: ScanInfo, resolve: () => ({}) }));
