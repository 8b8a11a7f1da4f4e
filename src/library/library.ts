import { join } from 'node:path';
import type { Logger } from 'pino';
import { createMediaEvents, type MediaEvents } from './catalogue/media-events.ts';
import { createSearchIndexer } from './catalogue/search-indexer.ts';
import { closeAll } from '../base/async/close-all.ts';
import { dataFolders } from '../base/config/data-folders.ts';
import { loadMediaConfig } from '../base/config/load-media-config.ts';
import { createMediaConfigStore, type MediaConfigStore } from '../base/config/media-config-store.ts';
import type { Settings } from '../base/config/settings.ts';
import type { Copyparty } from './copyparty/copyparty.ts';
import { openCopyparty } from './copyparty/open-copyparty.ts';
import type { Database } from '../base/database/database.ts';
import { openDatabase, settleReplacement } from '../base/database/open-database.ts';
import { chooseSource, type OpenSource } from './delivery/choose-source.ts';
import { unfinishedPictures } from './delivery/posters/picture-cache.ts';
import { refuseOffline } from './delivery/refuse-offline.ts';
import { removeAbandoned } from '../base/files/unfinished.ts';
import { createHashing, type Hashing } from './hashing/hashing.ts';
import { openHasher } from './hashing/open-hasher.ts';
import { createJobs, type Jobs } from './jobs/jobs.ts';
import { createLegacyMigration, type LegacyMigration } from './legacy/migrate.ts';
import { createPendingImports } from './legacy/pending-imports.ts';
import { createPictureMoves } from './legacy/picture-moves.ts';
import { createProber } from './metadata/prober.ts';
import { createImageStore, type ImageStore } from './model-records/image-store.ts';
import { createModels, type Models } from './model-records/models.ts';
import { openObservability, type Observability } from '../base/observability/open-observability.ts';
import { createProxies, type Proxies } from './image-proxies/proxies.ts';
import { createRoots, type Roots } from './roots/roots.ts';
import { createDeletionsLog, type DeletionsLog } from './catalogue/deletions-log.ts';
import { folderSettledMs } from './scan/walk/known-folders.ts';
import { createScanner, type Scanner } from './scan/scan.ts';
import type { ObjectStore } from '../base/object-storage/object-store.ts';
import { openObjectStore } from '../base/object-storage/open-object-store.ts';
import type { BackgroundLoop } from '../base/async/background-loop.ts';
import { createWorkerPool, type WorkerPool } from './workers/worker-pool.ts';

/** The library, wired: all that works on it and is asked by nobody over a network. The command line needs no more. */
export interface Library {
  /** Null where none is configured. */
  readonly copyparty: Copyparty | null;
  readonly database: Database;
  readonly deletionsLog: DeletionsLog;
  readonly hashing: Hashing;
  readonly images: ImageStore;
  /** Holds `images`. */
  readonly imagesFolder: string;
  readonly jobs: Jobs;
  readonly legacyMigration: LegacyMigration;
  readonly mediaConfig: MediaConfigStore;
  readonly mediaEvents: MediaEvents;
  readonly models: Models;
  /** Null where none is configured. */
  readonly objectStore: ObjectStore | null;
  readonly observability: Observability;
  readonly openSource: OpenSource;
  readonly pool: WorkerPool;
  readonly prober: BackgroundLoop;
  readonly proxies: Proxies;
  readonly roots: Roots;
  readonly scanner: Scanner;
  readonly searchIndexer: BackgroundLoop;
  /** Items were added or changed: their headers are read, their text indexed and, if so set, their proxies made. */
  wakeFollowUp(): void;
  /** Takes up what an earlier process left undone. */
  resume(): Promise<void>;
  /** Checkpoints running jobs, for up to `graceMs`, and lets go of everything. */
  close(graceMs?: number): Promise<void>;
}

export const defaultGraceMs = 10_000;

/** Opens the library that the settings tell of. */
export async function openLibrary(settings: Settings, log: Logger): Promise<Library> {
  // It may replace the configuration too.
  await settleReplacement(settings.databaseUrl);
  const mediaConfig = await createMediaConfigStore({ load: () => loadMediaConfig(settings.mediaConfigPath), log });
  const objectStore = await openObjectStore(settings.s3);
  const observability = await openObservability(settings);
  // Last of all that may fail: nothing else is open then.
  const database = await openDatabase(settings.databaseUrl);
  const inData = (name: string) => join(settings.dataDir, name);
  const pool = createWorkerPool({ log });
  const jobs = createJobs({ database, log, observer: observability.jobs });
  const mediaEvents = createMediaEvents();
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
  const copyparty = await openCopyparty(settings, { log, aroundRequest: observability.upstream });
  const openSource = refuseOffline({
    openSource: chooseSource({
      bytesFrom: settings.bytesFrom,
      upstream: copyparty && (await import('./copyparty/copyparty-source.ts')).createCopypartySources(copyparty),
      log,
    }),
    looksFirst: copyparty === null || settings.bytesFrom === 'disk',
    async whyOffline({ rootPath }) {
      const category = mediaConfig.current().categories.find((configured) => configured.rootPath === rootPath);
      const recognition = category && (await roots.recogniseOften(category));
      return recognition?.state === 'OFFLINE' ? recognition.reason : null;
    },
  });
  const models = createModels({ database });
  const imagesFolder = inData(dataFolders.images);
  const images = createImageStore({
    database,
    pool,
    folder: imagesFolder,
    profile: () => mediaConfig.current().modelImages,
    maxPixels: settings.imageMaxPixels,
  });
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
    workFolder: inData(dataFolders.legacy),
  });
  const proxies = createProxies({
    database,
    mediaConfig,
    jobs,
    pool,
    folder: inData(dataFolders.proxies),
    fetchFolder: copyparty && settings.bytesFrom !== 'disk' ? inData(dataFolders.fetched) : null,
    openSource,
    objectStore,
    maxPixels: settings.imageMaxPixels,
    log,
  });
  const followUp = [prober, searchIndexer, ...(settings.proxiesAfterScan ? [proxies.afterScan] : [])];
  const wakeFollowUp = () => followUp.forEach((loop) => loop.wake());
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
    onCatalogued: wakeFollowUp,
  });
  // Where a killed process leaves what it was making.
  const workFolders = [
    images.incomingFolder,
    unfinishedPictures(inData(dataFolders.thumbnails)),
    ...[dataFolders.fetched, dataFolders.legacy, dataFolders.proxies].map(inData),
  ];
  let closing: Promise<void> | undefined;

  return {
    copyparty,
    database,
    deletionsLog,
    hashing,
    images,
    imagesFolder,
    jobs,
    legacyMigration,
    mediaConfig,
    mediaEvents,
    models,
    objectStore,
    observability,
    openSource,
    pool,
    prober,
    proxies,
    roots,
    scanner,
    searchIndexer,
    wakeFollowUp,
    async resume() {
      for (const folder of workFolders) {
        await removeAbandoned(folder).catch((error: unknown) => {
          log.warn({ err: error, folder }, 'what killed processes left could not be removed');
        });
      }
      await deletionsLog.write().catch((error: unknown) => {
        log.error({ err: error }, 'the deletions log cannot be written; its lines are kept until it can');
      });
      await jobs.recover();
      wakeFollowUp();
      pictureMoves.wake();
    },
    close(graceMs = defaultGraceMs) {
      closing ??= closeAll([
        () => jobs.close({ graceMs }),
        () => Promise.all([...followUp, pictureMoves, proxies.eager].map((loop) => loop.close())),
        () => observability.tracing?.close(),
        () => pool.close(),
        () => copyparty?.close(),
        () => objectStore?.close(),
        () => database.close(),
      ]);
      return closing;
    },
  };
}
