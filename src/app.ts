import { join } from 'node:path';
import type { Logger } from 'pino';
import { createAccess, type Access } from './access/access.ts';
import { createArchivableFiles } from './catalogue/archivable-files.ts';
import { createCatalogue } from './catalogue/catalogue.ts';
import { createMediaEvents, type MediaEvents } from './catalogue/media-events.ts';
import { createSearchIndexer } from './catalogue/search-indexer.ts';
import { dataFolders } from './config/data-folders.ts';
import { checkRoots, type RootState } from './config/check-roots.ts';
import { loadMediaConfig } from './config/load-media-config.ts';
import { createMediaConfigStore, type MediaConfigStore } from './config/media-config-store.ts';
import type { Settings } from './config/settings.ts';
import { createCopypartyArchives } from './copyparty/copyparty-archives.ts';
import { createCopypartySources } from './copyparty/copyparty-sources.ts';
import { createCopypartyThumbnails } from './copyparty/copyparty-thumbnails.ts';
import { createCopypartyTarget } from './copyparty/copyparty-target.ts';
import { openCopyparty } from './copyparty/open-copyparty.ts';
import { createIndexTeller } from './copyparty/index-teller.ts';
import { probeCopyparty } from './copyparty/probe-copyparty.ts';
import { openDatabase, settleReplacement, type Database } from './database/database.ts';
import { sql } from './database/sql.ts';
import { createArchives } from './delivery/archives/archives.ts';
import { chooseSource } from './delivery/choose-source.ts';
import { refuseOffline } from './delivery/refuse-offline.ts';
import { findPicturedItem } from './delivery/posters/find-pictured-item.ts';
import { unfinishedPictures } from './delivery/posters/picture-cache.ts';
import { createPosters } from './delivery/posters/posters.ts';
import { removeAbandoned } from './files/unfinished.ts';
import { loadOperations } from './graphql/persisted/load-operations.ts';
import { createGraphQLServer } from './graphql/yoga.ts';
import { errorStatus } from './http/error-status.ts';
import { createHttpServer, type HttpServer } from './http/server.ts';
import { uploadsPath } from './http/upload-routes.ts';
import { createDiskTarget } from './ingest/disk-target.ts';
import { createIncomingFolder } from './ingest/incoming-folder.ts';
import { createIngest } from './ingest/ingest.ts';
import { createResumableUploads } from './ingest/resumable-uploads.ts';
import { createHashing, type Hashing } from './hashing/hashing.ts';
import { openHasher } from './hashing/open-hasher.ts';
import { createJobs, type Jobs } from './jobs/jobs.ts';
import { createLegacyMigration, type LegacyMigration } from './legacy/migrate.ts';
import { createPendingImports } from './legacy/pending-imports.ts';
import { createPictureMoves } from './legacy/picture-moves.ts';
import { createImageStore } from './models/image-store.ts';
import { createStoredImages } from './models/stored-images.ts';
import { createModelImageUploads } from './models/model-image-uploads.ts';
import { createModels } from './models/models.ts';
import { openObservability } from './observability/open-observability.ts';
import { createProber } from './metadata/prober.ts';
import { createRemoval } from './removal/removal.ts';
import { createProxies, type Proxies } from './proxies/proxies.ts';
import { openObjectStore } from './storage/open-object-store.ts';
import { createRoots } from './roots/roots.ts';
import { createDeletionsLog } from './scan/deletions-log.ts';
import { folderSettledMs } from './scan/known-folders.ts';
import { createScanner, type Scanner } from './scan/scan.ts';
import { tellOtherScans } from './scan/tell-other-scans.ts';
import { createServiceStatus, type ComponentStatus } from './status/service-status.ts';
import { createTrash } from './trash/trash.ts';
import { startSchedule } from './watch/schedule.ts';
import { createWatch } from './watch/watch.ts';
import type { BackgroundLoop } from './workers/background-loop.ts';
import { createSlots } from './workers/slots.ts';
import { createWorkerPool } from './workers/worker-pool.ts';

/** The service, wired and ready: what the command line and the tests hold in their hands. */
export interface App {
  readonly access: Pick<Access, 'isOpen'>;
  checkRoots(): Promise<RootState[]>;
  readonly database: Database;
  readonly hashing: Hashing;
  readonly http: HttpServer;
  readonly jobs: Jobs;
  readonly legacyMigration: LegacyMigration;
  readonly mediaConfig: MediaConfigStore;
  readonly mediaEvents: MediaEvents;
  readonly prober: BackgroundLoop;
  readonly proxies: Proxies;
  readonly scanner: Scanner;
  readonly searchIndexer: BackgroundLoop;
  /** Watches the roots and scans by the clock, as far as the settings say so, and tells what other processes scan. */
  followRoots(): void;
  /** Takes up what an earlier process left undone. */
  resume(): Promise<void>;
  /** Checkpoints running jobs, lets open responses finish for up to `graceMs`, and lets go of everything. */
  close(graceMs?: number): Promise<void>;
}

const defaultGraceMs = 10_000;

/** Builds every part of the service and wires them. Nothing else in the code does. */
export async function createApp(settings: Settings, log: Logger): Promise<App> {
  // It may replace the configuration too.
  await settleReplacement(settings.databaseUrl);
  const mediaConfig = await createMediaConfigStore({ load: () => loadMediaConfig(settings.mediaConfigPath), log });
  const { persistedOperations } = settings;
  const limits = { introspection: settings.introspection, limits: settings.graphqlLimits };
  const persisted = persistedOperations && (await loadOperations(persistedOperations, limits));
  const database = await openDatabase(settings.databaseUrl);
  const pool = createWorkerPool({ log });
  const observability = await openObservability(settings);
  const jobs = createJobs({ database, log, observer: observability.jobs });
  const mediaEvents = createMediaEvents();
  const catalogue = createCatalogue({ database, mediaConfig, events: mediaEvents });
  const roots = createRoots({ database });
  const prober = createProber({
    database,
    mediaConfig,
    roots,
    pool,
    log,
    fingerprints: settings.fingerprints === 'first-sight',
  });
  const searchIndexer = createSearchIndexer({ database, log });
  const access = await createAccess({ database, ...settings });
  const copyparty = openCopyparty(settings, { log, aroundRequest: observability.upstream });
  const openAnySource = chooseSource({
    bytesFrom: settings.bytesFrom,
    upstream: copyparty && createCopypartySources(copyparty),
    log,
  });
  const openSource = refuseOffline({
    openSource: openAnySource,
    looksFirst: copyparty === null || settings.bytesFrom === 'disk',
    async whyOffline({ rootPath }) {
      const category = mediaConfig.current().categories.find((configured) => configured.rootPath === rootPath);
      const recognition = category && (await roots.recogniseOften(category));
      return recognition?.state === 'OFFLINE' ? recognition.reason : null;
    },
  });
  const packer = copyparty && settings.bytesFrom !== 'disk' ? createCopypartyArchives(copyparty) : null;
  const archives = createArchives({
    files: createArchivableFiles({ database, mediaConfig }),
    openSource: (file, signal) => openSource(file, { signal }),
    findUpstream: () => (copyparty?.state().isUp ? packer : null),
    log,
  });
  const checkConfiguredRoots = () => checkRoots(mediaConfig.current());
  const models = createModels({ database });
  const imagesFolder = join(settings.dataDir, dataFolders.images);
  const images = createImageStore({
    database,
    pool,
    folder: imagesFolder,
    profile: () => mediaConfig.current().modelImages,
    maxPixels: settings.imageMaxPixels,
  });
  const thumbnailsFolder = join(settings.dataDir, dataFolders.thumbnails);
  // Where a killed process leaves what it was making.
  const workFolders = [
    images.incomingFolder,
    unfinishedPictures(thumbnailsFolder),
    ...[dataFolders.fetched, dataFolders.legacy, dataFolders.proxies].map((name) => join(settings.dataDir, name)),
  ];
  const pictureMoves = createPictureMoves({ database, images, log });
  const hashing = createHashing({
    database,
    jobs,
    mediaConfig,
    hasher: openHasher(settings, { pool, mediaConfig, findHash: models.findHashByFilename }),
    pending: createPendingImports({ database, moves: pictureMoves }),
    // One is at hand when a thread has done with another.
    concurrency: pool.threads + 1,
  });
  const legacyMigration = createLegacyMigration({
    database,
    jobs,
    pool,
    images,
    legacyRoots: { paths: settings.legacyRoots, setting: 'LEGACY_ROOTS' },
    workFolder: join(settings.dataDir, dataFolders.legacy),
  });
  const objectStore = await openObjectStore(settings.s3);
  const proxies = createProxies({
    database,
    mediaConfig,
    jobs,
    pool,
    folder: join(settings.dataDir, dataFolders.proxies),
    fetchFolder: copyparty && settings.bytesFrom !== 'disk' ? join(settings.dataDir, dataFolders.fetched) : null,
    openSource,
    objectStore,
    maxPixels: settings.imageMaxPixels,
    log,
  });
  const followUp = [prober, searchIndexer, ...(settings.proxiesAfterScan ? [proxies.afterScan] : [])];
  const deletionsLog = createDeletionsLog({ database, folder: settings.logDir });
  const scanner = createScanner({
    database,
    jobs,
    mediaConfig,
    pool,
    deletionsLog,
    events: mediaEvents,
    roots,
    lossLimit: settings.scanLosses,
    shortcut: settings.scanShortcut && { ...settings.scanShortcut, settledMs: folderSettledMs },
    fingerprints: settings.fingerprints,
    onCatalogued: () => followUp.forEach((loop) => loop.wake()),
  });
  const indexTeller = copyparty && createIndexTeller({ copyparty, log });
  const incoming = createIncomingFolder(join(settings.dataDir, dataFolders.incoming), log);
  const ingest = createIngest({
    database,
    mediaConfig,
    incoming,
    log,
    target:
      copyparty && settings.ingestTarget === 'copyparty'
        ? createCopypartyTarget({ copyparty, log })
        : createDiskTarget({ roots }),
    maxBytes: settings.uploadMaxBytes,
    findItem: (id) => catalogue.find(id),
    afterReceiving: (file) => observability.metrics?.received(file),
    afterUpload({ id, rootCategory }) {
      const path = mediaConfig.findCategory(rootCategory)?.copypartyPath;
      if (path !== undefined && settings.ingestTarget === 'disk') indexTeller?.changed(path);
      mediaEvents.publish({ category: rootCategory, added: [id] });
      proxies.eager.add(id);
      followUp.forEach((loop) => loop.wake());
    },
  });
  const resumable = createResumableUploads({
    ingest,
    log,
    folder: join(incoming.path, 'resumable'),
    path: uploadsPath,
    maxBytes: settings.uploadMaxBytes,
    statusOf: errorStatus,
  });
  const trash = createTrash({ database, mediaConfig, deletionsLog, events: mediaEvents });
  const posters = createPosters({
    pool,
    log,
    cacheDir: thumbnailsFolder,
    imagesDir: imagesFolder,
    maxCacheBytes: settings.thumbnailCacheBytes,
    maxPixels: settings.imageMaxPixels,
    upstream: copyparty ? createCopypartyThumbnails(copyparty) : undefined,
  });
  const removal = createRemoval({
    database,
    mediaConfig,
    roots,
    log,
    events: mediaEvents,
    onRemoved: [
      async ({ rootPath, copypartyPath, ...item }) => {
        if (rootPath !== null && copypartyPath !== null) await posters.forget({ ...item, rootPath, copypartyPath });
      },
    ],
  });
  const checkDatabase = () => database.read(sql`SELECT 1`);
  const closed = new AbortController();
  const status = createServiceStatus({
    checkDatabase,
    checkObjectStorage: objectStore && (() => objectStore.check()),
    copyparty: copyparty && {
      hasFallback: settings.bytesFrom === 'auto',
      probe: () =>
        probeCopyparty({
          copyparty,
          categories: mediaConfig.current().categories,
          hasPassword: settings.copypartyPassword !== undefined,
          signal: closed.signal,
        }),
    },
  });
  const { mostAtOnce } = settings;
  const slots = {
    uploads: createSlots(mostAtOnce.uploads, 'Uploads'),
    archives: createSlots(mostAtOnce.archives, 'Archives'),
    subscriptions: createSlots(mostAtOnce.subscriptions, 'Subscriptions'),
  };
  observability.metrics?.watch({ jobs: () => jobs.active(), workers: () => pool.load(), slots });
  const graphql = createGraphQLServer(
    {
      catalogue,
      ingest,
      hashing,
      jobs,
      legacyMigration,
      mediaConfig,
      mediaEvents,
      removal,
      models,
      modelImageUploads: createModelImageUploads({ database, images, maxBytes: settings.uploadMaxBytes }),
      imageProxies: proxies.images,
      prepareForAnalysis: proxies.prepareForAnalysis,
      proxyBatches: proxies.batches,
      urls: access.urls,
      roots,
      scanner,
      status,
      trash,
      prisma: database.prisma,
      checkRoots: checkConfiguredRoots,
    },
    {
      graphiql: settings.graphiql,
      ...limits,
      flush: () => database.flush(),
      subscriptions: slots.subscriptions,
      observability,
      persisted,
    },
  );
  const http = await createHttpServer({
    archives,
    slots,
    observability,
    metricsToken: settings.metricsToken,
    pressure: settings.pressure,
    graphql,
    images: createStoredImages({ database, folder: imagesFolder }),
    jobs,
    gate: access,
    corsOrigins: settings.corsOrigins,
    trustedProxies: settings.proxy?.addresses ?? [],
    media: { findFile: (publicId) => catalogue.findFile(publicId), openSource },
    proxies: { openProxy: (publicId) => proxies.open(publicId) },
    pictures: { posters, findPicturedItem: (publicId) => findPicturedItem({ database, mediaConfig }, publicId) },
    resumable,
    stallTimeoutMs: settings.uploadStallTimeoutMs,
    log,
    async checkReady() {
      await checkDatabase();
    },
  });

  const following: { close(): Promise<void> | void }[] = [];
  let closing: Promise<void> | undefined;

  return {
    access,
    checkRoots: checkConfiguredRoots,
    database,
    hashing,
    http,
    jobs,
    legacyMigration,
    mediaConfig,
    mediaEvents,
    prober,
    proxies,
    scanner,
    searchIndexer,
    followRoots() {
      const { scanSchedule } = settings;
      const { ranHere } = scanner;
      following.push(tellOtherScans({ database, jobs, events: mediaEvents, ranHere, log }));
      if (scanSchedule !== undefined) following.push(startSchedule(scanSchedule, { scanner, jobs, log }));
      if (settings.watch === null) return;
      const watch = createWatch({ ...settings.watch, mediaConfig, scanner, jobs, log });
      following.push(watch);
      watch.start().catch((error: unknown) => log.error({ err: error }, 'the roots are not watched'));
    },
    async resume() {
      // Nothing waits for it: the service is of use without.
      status.copyparty().then(warnOfCopyparty, () => undefined); // rejects for the end of the service alone
      for (const folder of workFolders) {
        await removeAbandoned(folder).catch((error: unknown) => {
          log.warn({ err: error, folder }, 'what killed processes left could not be removed');
        });
      }
      await deletionsLog.write().catch((error: unknown) => {
        log.error({ err: error }, 'the deletions log cannot be written; its lines are kept until it can');
      });
      await ingest.resume();
      await resumable.resume();
      await jobs.recover();
      for (const loop of [...followUp, pictureMoves]) loop.wake();
    },
    close(graceMs = defaultGraceMs) {
      closing ??= letGo(graceMs);
      return closing;
    },
  };

  function warnOfCopyparty({ state, detail }: ComponentStatus): void {
    if (detail !== null) log.warn({ state, detail }, 'copyparty cannot do all that it should');
  }

  /** A part that does not end in order must not keep the others open; its failure is thrown when all have been let go. */
  async function letGo(graceMs: number): Promise<void> {
    const steps = [
      async () => closed.abort(),
      () => Promise.all(following.map(async (one) => one.close())),
      async () => resumable.close(),
      async () => indexTeller?.close(),
      async () => access.close(),
      // Ending the jobs ends the subscriptions that follow them, and with those their connections.
      () => Promise.all([jobs.close({ graceMs }), http.close(graceMs)]),
      () => Promise.all([...followUp, pictureMoves, proxies.eager].map((loop) => loop.close())),
      async () => observability.tracing?.close(),
      () => pool.close(),
      async () => copyparty?.close(),
      async () => objectStore?.close(),
      () => database.close(),
    ];
    const failures: unknown[] = [];
    for (const step of steps) await step().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}
