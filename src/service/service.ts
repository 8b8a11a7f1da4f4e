import { join } from 'node:path';
import type { Logger } from 'pino';
import { createAccess, type Access } from './access/access.ts';
import { createArchivableFiles } from '../library/catalogue/archivable-files.ts';
import { createCatalogue } from '../library/catalogue/catalogue.ts';
import { closeAll } from '../base/async/close-all.ts';
import { checkRoots, type RootState } from '../base/config/check-roots.ts';
import { dataFolders } from '../base/config/data-folders.ts';
import type { Settings } from '../base/config/settings.ts';
import { createCopypartyArchives } from '../library/copyparty/copyparty-archives.ts';
import { createCopypartyTarget } from '../library/copyparty/copyparty-target.ts';
import { createCopypartyThumbnails } from '../library/copyparty/copyparty-thumbnails.ts';
import { createIndexTeller } from '../library/copyparty/index-teller.ts';
import { probeCopyparty } from '../library/copyparty/probe-copyparty.ts';
import { sql } from '../base/database/sql.ts';
import { createArchives } from '../library/delivery/archives/archives.ts';
import { findPicturedItem } from '../library/delivery/posters/find-pictured-item.ts';
import { createPosters } from '../library/delivery/posters/posters.ts';
import { loadOperations } from './graphql/persisted/load-operations.ts';
import { createGraphQLServer } from './graphql/yoga.ts';
import { errorStatus } from './http/error-status.ts';
import { createHttpServer, type HttpServer } from './http/server.ts';
import { uploadsPath } from './http/routes/upload-routes.ts';
import { createDiskTarget } from '../library/ingest/disk-target.ts';
import { createIncomingFolder } from '../library/ingest/upload-notes.ts';
import { createIngest } from '../library/ingest/ingest.ts';
import { createResumableUploads } from './http/uploads/resumable-uploads.ts';
import { defaultGraceMs, openLibrary, type Library } from '../library/library.ts';
import { createModelImageUploads } from '../library/model-records/model-image-uploads.ts';
import { createStoredImages } from '../library/model-records/stored-images.ts';
import { createRemoval } from '../library/removal/removal.ts';
import { tellOtherScans } from '../library/scan/tell-other-scans.ts';
import { createServiceStatus, type ComponentStatus } from './service-status.ts';
import { createTrash } from '../library/removal/trash.ts';
import { startSchedule } from '../library/scan/watch/schedule.ts';
import { createWatch } from '../library/scan/watch/watch.ts';
import { createSlots } from '../base/async/slots.ts';

/** The service, wired and ready: the library, with all that others ask it for over a network. */
export interface App extends Library {
  readonly access: Pick<Access, 'isOpen'>;
  checkRoots(): Promise<RootState[]>;
  readonly http: HttpServer;
  /** Watches the roots and scans by the clock, as far as the settings say so, and tells what other processes scan. */
  followRoots(): void;
  /** Also lets open responses finish for up to `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

/** Builds the service around its library. */
export async function createApp(settings: Settings, log: Logger): Promise<App> {
  const library = await openLibrary(settings, log);
  try {
    return await serve(library, settings, log);
  } catch (error) {
    await library.close(0);
    throw error;
  }
}

async function serve(library: Library, settings: Settings, log: Logger): Promise<App> {
  const { copyparty, database, images, jobs, mediaConfig, mediaEvents, models, objectStore } = library;
  const { deletionsLog, observability, openSource, pool, proxies, roots, scanner } = library;
  const { bytesFrom, ingestTarget, mostAtOnce, persistedOperations } = settings;
  const queryLimits = { introspection: settings.introspection, limits: settings.graphqlLimits };
  const persisted = persistedOperations && (await loadOperations(persistedOperations, queryLimits));
  const access = await createAccess({ database, ...settings });
  const catalogue = createCatalogue({ database, mediaConfig, events: mediaEvents });
  const packer = copyparty && bytesFrom !== 'disk' ? createCopypartyArchives(copyparty) : null;
  const archives = createArchives({
    files: createArchivableFiles({ database, mediaConfig }),
    openSource: (file, signal) => openSource(file, { signal }),
    findUpstream: () => (copyparty?.state().isUp ? packer : null),
    log,
  });
  const indexTeller = copyparty && createIndexTeller({ copyparty, log });
  const incoming = createIncomingFolder(join(settings.dataDir, dataFolders.incoming), log);
  const ingest = createIngest({
    database,
    mediaConfig,
    incoming,
    log,
    target:
      copyparty && ingestTarget === 'copyparty'
        ? createCopypartyTarget({ copyparty, log })
        : createDiskTarget({ roots }),
    maxBytes: settings.uploadMaxBytes,
    findItem: (id) => catalogue.find(id),
    afterReceiving: (file) => observability.metrics?.received(file),
    afterUpload({ id, rootCategory }) {
      const path = mediaConfig.findCategory(rootCategory)?.copypartyPath;
      if (path !== undefined && ingestTarget === 'disk') indexTeller?.changed(path);
      mediaEvents.publish({ category: rootCategory, added: [id] });
      proxies.eager.add(id);
      library.wakeFollowUp();
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
  const posters = createPosters({
    pool,
    log,
    cacheDir: join(settings.dataDir, dataFolders.thumbnails),
    imagesDir: library.imagesFolder,
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
      hasFallback: bytesFrom === 'auto',
      probe: () =>
        probeCopyparty({
          copyparty,
          categories: mediaConfig.current().categories,
          hasPassword: settings.copypartyPassword !== undefined,
          signal: closed.signal,
        }),
    },
  });
  const slots = {
    uploads: createSlots(mostAtOnce.uploads, 'Uploads'),
    archives: createSlots(mostAtOnce.archives, 'Archives'),
    subscriptions: createSlots(mostAtOnce.subscriptions, 'Subscriptions'),
  };
  observability.metrics?.watch({ jobs: () => jobs.active(), workers: () => pool.load(), slots });
  const checkConfiguredRoots = () => checkRoots(mediaConfig.current());
  const graphql = createGraphQLServer(
    {
      catalogue,
      ingest,
      hashing: library.hashing,
      jobs,
      legacyMigration: library.legacyMigration,
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
      trash: createTrash({ database, mediaConfig, deletionsLog, events: mediaEvents }),
      prisma: database.prisma,
      checkRoots: checkConfiguredRoots,
    },
    {
      graphiql: settings.graphiql,
      ...queryLimits,
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
    images: createStoredImages({ database, folder: library.imagesFolder }),
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
    ...library,
    access,
    checkRoots: checkConfiguredRoots,
    http,
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
      await ingest.resume();
      await resumable.resume();
      await library.resume();
    },
    close(graceMs = defaultGraceMs) {
      closing ??= closeAll([
        () => closed.abort(),
        () => Promise.all(following.map(async (one) => one.close())),
        () => resumable.close(),
        () => indexTeller?.close(),
        () => access.close(),
        // Ending the jobs ends the subscriptions that follow them, and with those their connections.
        () => Promise.all([jobs.close({ graceMs }), http.close(graceMs)]),
        () => library.close(graceMs),
      ]);
      return closing;
    },
  };

  function warnOfCopyparty({ state, detail }: ComponentStatus): void {
    if (detail !== null) log.warn({ state, detail }, 'copyparty cannot do all that it should');
  }
}
