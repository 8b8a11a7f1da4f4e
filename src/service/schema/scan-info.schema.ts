import { MediaType } from './media-enums.schema.ts';
import { formatBytes } from '../../base/format-bytes.ts';
import { describeLibrary, type LibraryStats } from '../../library/catalogue/library-stats.ts';
import { nextTime } from '../../library/scan/watch/schedule.ts';
import type { RootState } from '../../base/config/check-roots.ts';
import { builder } from './builder.ts';
import { ScanJob } from './scan-job.schema.ts';
import { ScanSummaryType } from './scan-summary.schema.ts';
import { supportedExtensions } from './supported-extensions.ts';

const ScanStatus = builder.enumType('ScanStatus', {
  description: 'Whether a scan is at work.',
  values: {
    IDLE: { description: 'None is.' },
    RUNNING: { description: 'One runs, waits for its turn, or is being cancelled.' },
  } as const,
});

const ScanDirectory = builder.objectRef<RootState>('ScanDirectory').implement({
  description: "A category's root folder as the service finds it now.",
  fields: (t) => ({
    category: t.exposeString('category', { description: 'The key of the category.' }),
    rootPath: t.exposeString('rootPath', {
      description: "The folder on the service's machine. For administrators.",
      authScopes: { admin: true },
    }),
    exists: t.exposeBoolean('exists', { description: 'There is a folder of that name.' }),
    readable: t.exposeBoolean('readable', { description: 'The service may list it and open its files.' }),
    writable: t.exposeBoolean('writable', { description: 'The service may place files in it.' }),
    freeBytes: t.field({
      type: 'SafeInt',
      nullable: true,
      description: 'What its disk has left for the service; null where the root is away.',
      resolve: async ({ category }, _args, { load }) => (await load.diskSpace(category))?.freeBytes ?? null,
    }),
    totalBytes: t.field({
      type: 'SafeInt',
      nullable: true,
      description: 'The size of its disk; null where the root is away.',
      resolve: async ({ category }, _args, { load }) => (await load.diskSpace(category))?.totalBytes ?? null,
    }),
  }),
});

const CategoryStats = builder.objectRef<LibraryStats['categories'][number]>('CategoryStats').implement({
  description: 'The available items of a category.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Of the category.' }),
    label: t.exposeString('label', { description: 'Of the category, for people.' }),
    count: t.exposeInt('count', { description: 'How many.' }),
    sizeBytes: t.expose('sizeBytes', { type: 'SafeInt', description: 'The size of their files.' }),
  }),
});

const MediaTypeStats = builder.objectRef<LibraryStats['mediaTypes'][number]>('MediaTypeStats').implement({
  description: 'The available items of a media type.',
  fields: (t) => ({
    mediaType: t.expose('mediaType', { type: MediaType, description: 'Which type.' }),
    count: t.exposeInt('count', { description: 'How many.' }),
    sizeBytes: t.expose('sizeBytes', { type: 'SafeInt', description: 'The size of their files.' }),
  }),
});

const LibraryStatsType = builder.objectRef<LibraryStats>('LibraryStats').implement({
  description: 'The available items of the whole library.',
  fields: (t) => ({
    totalItems: t.exposeInt('totalItems', { description: 'How many.' }),
    totalSizeBytes: t.expose('totalSizeBytes', { type: 'SafeInt', description: 'The size of their files.' }),
    totalSizeFormatted: t.string({
      description: 'For people: such as "1.50 GB".',
      resolve: ({ totalSizeBytes }) => formatBytes(totalSizeBytes),
    }),
    categories: t.expose('categories', {
      type: [CategoryStats],
      description: 'Every configured category, also an empty one.',
    }),
    mediaTypes: t.expose('mediaTypes', {
      type: [MediaTypeStats],
      description: 'Every media type, also one without items.',
    }),
  }),
});

// Each field reads what it needs, so that a query for one of them does not pay for the others.
const ScanInfo = builder.objectRef<object>('ScanInfo').implement({
  description: 'The scanner, its folders and what it has found.',
  fields: (t) => ({
    status: t.field({
      type: ScanStatus,
      description: 'What the scanner really does at this moment.',
      resolve: async (_info, _args, { scanner }) => ((await scanner.activeScan()) === null ? 'IDLE' : 'RUNNING'),
    }),
    activeScan: t.field({
      type: ScanJob,
      nullable: true,
      description: 'The scan that is at work; of several the newest.',
      resolve: (_info, _args, { scanner }) => scanner.activeScan(),
    }),
    lastScan: t.field({
      type: ScanSummaryType,
      nullable: true,
      description: 'The newest scan that finished; dry runs do not count.',
      resolve: (_info, _args, { scanner }) => scanner.lastScan(),
    }),
    schedule: t.string({
      nullable: true,
      description: 'The cron pattern of `SCAN_SCHEDULE`, by the clock of the service; null where there is none.',
      resolve: (_info, _args, { scanTimes }) => scanTimes.schedule,
    }),
    nextScanAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the schedule starts the next scan of every category.',
      resolve: (_info, _args, { scanTimes }) => (scanTimes.schedule === null ? null : nextTime(scanTimes.schedule)),
    }),
    isWatching: t.boolean({
      description: 'Whether changes on the disks are scanned as they happen: `WATCH`.',
      resolve: (_info, _args, { scanTimes }) => scanTimes.isWatching,
    }),
    configVersion: t.int({
      description: "The configuration file's own `version`.",
      resolve: (_info, _args, { mediaConfig }) => mediaConfig.current().version,
    }),
    directories: t.field({
      type: [ScanDirectory],
      description: 'The root folder of each category, in the order of the configuration.',
      resolve: async (_info, _args, { load }) => [...(await load.rootStates()).values()],
    }),
    supportedExtensions: t.stringList({
      description: 'The extensions that the include patterns name, such as ".mp4".',
      resolve: (_info, _args, { mediaConfig }) => supportedExtensions(mediaConfig.current()),
    }),
    library: t.field({
      type: LibraryStatsType,
      description: 'How much there is, without counting it: as cheap for a million items as for ten.',
      resolve: async (_info, _args, { load, mediaConfig }) =>
        describeLibrary(mediaConfig.current(), await load.shelves()),
    }),
  }),
});

builder.queryField('scanInfo', (t) =>
  t.field({ type: ScanInfo, description: 'The scanner, its folders and what it has found.', resolve: () => ({}) }),
);
