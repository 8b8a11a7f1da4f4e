import { builder } from './builder.ts';
import type { AheadProgress } from '../../library/delivery/placeholders/thumbnails-ahead.ts';
import { ThumbnailSize } from './picture-urls.schema.ts';
import type { WorkerPool } from '../../library/workers/worker-pool.ts';
import type { ComponentStatus, ServiceStatus } from '../service-status.ts';

const ComponentStateType = builder.enumType('ComponentState', {
  description: 'Whether something that the service depends on can be used.',
  values: {
    OK: { description: 'It works.' },
    DOWN: { description: 'It cannot be used now.' },
    NOT_CONFIGURED: { description: 'The settings name none.' },
  },
});

const ComponentStatusType = builder.objectRef<ComponentStatus>('ComponentStatus').implement({
  description: 'Something that the service depends on.',
  fields: (t) => ({
    state: t.expose('state', { type: ComponentStateType, description: 'Whether it can be used.' }),
    detail: t.string({
      nullable: true,
      description: 'For administrators: what is wrong and what to do. Null where nothing is, and for others.',
      // The detail names addresses and folders.
      resolve: ({ detail }, _args, { seesPaths }) => (seesPaths ? detail : null),
    }),
    checkedAt: t.expose('checkedAt', { type: 'DateTime', description: 'When it was looked at.' }),
  }),
});

const AheadStateType = builder.enumType('ThumbnailsAheadState', {
  description: 'What the making of thumbnails that nobody asked for yet is at.',
  values: {
    IDLE: { description: 'There is nothing to do.' },
    WORKING: { description: 'It makes them, one at a time.' },
    WAITING: { description: 'It waits, as somebody waits for a picture, or a job works.' },
    CACHE_FULL: { description: 'No more are made, as they would drive out what people look at: see THUMBNAIL_CACHE_BYTES.' },
  },
});

const ThumbnailsAheadType = builder.objectRef<AheadProgress>('ThumbnailsAhead').implement({
  description: 'Thumbnails, with their placeholders, that are made before anybody asks for them.',
  fields: (t) => ({
    size: t.expose('size', { type: ThumbnailSize, description: 'Of these thumbnails.' }),
    state: t.expose('state', { type: AheadStateType, description: 'What it is at.' }),
    madeCount: t.exposeInt('madeCount', { description: 'How many were made since the service started.' }),
    leftCount: t.exposeInt('leftCount', { description: 'How many items are left, as of this pass.' }),
  }),
});

const WorkersStatusType = builder.objectRef<ReturnType<WorkerPool['load']>>('WorkersStatus').implement({
  description: 'The worker threads and processes of the service.',
  fields: (t) => ({
    total: t.int({ description: 'How many there may be.', resolve: ({ threads }) => threads }),
    busy: t.exposeInt('busy', { description: 'How many work on a task.' }),
    queuedTasks: t.int({ description: 'How many tasks wait for one.', resolve: ({ queued }) => queued }),
  }),
});

// Each field is counted when it is asked for.
const QueueStatusType = builder.objectRef<object>('QueueStatus').implement({
  description: 'The jobs that have not ended.',
  fields: (t) => ({
    runningJobs: t.int({
      description: 'Those that are RUNNING or CANCELLING.',
      resolve: (_queue, _args, { jobs }) => jobs.count({ statuses: ['RUNNING', 'CANCELLING'] }),
    }),
    queuedJobs: t.int({
      description: 'Those that are QUEUED.',
      resolve: (_queue, _args, { jobs }) => jobs.count({ statuses: ['QUEUED'] }),
    }),
  }),
});

const ServiceStatusType = builder.objectRef<ServiceStatus>('ServiceStatus').implement({
  description: 'The service and what it depends on. Each is looked at when it is asked for.',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Of the service.' }),
    uptimeSeconds: t.int({
      description: 'How long its process has run.',
      resolve: () => Math.floor(process.uptime()),
    }),
    workers: t.field({
      type: WorkersStatusType,
      description: 'What decodes pictures, reads headers and hashes files.',
      resolve: (_status, _args, { pool }) => pool.load(),
    }),
    queue: t.field({
      type: QueueStatusType,
      description: 'The jobs that are at work or wait, of all processes.',
      resolve: () => ({}),
    }),
    thumbnailCacheBytes: t.field({
      type: 'SafeInt',
      description: 'The thumbnails that are kept; see THUMBNAIL_CACHE_BYTES.',
      resolve: (_status, _args, { posters }) => posters.cacheBytes(),
    }),
    database: t.field({
      type: ComponentStatusType,
      description: 'Where the catalogue is.',
      resolve: (status) => status.database(),
    }),
    copyparty: t.field({
      type: ComponentStatusType,
      description: 'The file server that bytes, thumbnails and archives come from.',
      resolve: (status) => status.copyparty(),
    }),
    objectStorage: t.field({
      type: ComponentStatusType,
      description: 'Where images for analysis are handed over.',
      resolve: (status) => status.objectStorage(),
    }),
    sharedData: t.field({
      type: ComponentStatusType,
      description:
        'Whether all nodes of the service have one DATA_DIR; NOT_CONFIGURED on SQLite, where there is one node. One with another DATA_DIR ' +
        'does not start, so that DOWN says that it came while the database was away.',
      resolve: (status) => status.sharedData(),
    }),
    thumbnailsAhead: t.field({
      type: ThumbnailsAheadType,
      nullable: true,
      description: 'How far the thumbnails are that are made after scans; null where THUMBNAILS_AHEAD is off.',
      resolve: (_status, _args, { thumbnailsAhead }) => thumbnailsAhead?.progress() ?? null,
    }),
  }),
});

builder.queryFields((t) => ({
  serviceStatus: t.field({
    type: ServiceStatusType,
    description: 'Whether the service and what it depends on work.',
    resolve: (_root, _args, { status }) => status,
  }),
}));
