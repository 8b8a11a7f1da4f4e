import { join } from 'node:path';
import type { Logger } from 'pino';
import { createParts, defaultGraceMs, type Parts } from '../base/async/parts.ts';
import { dataFolders } from '../base/config/data-folders.ts';
import { openPeers } from '../base/bus/open-peers.ts';
import { openMediaConfig, shareReloads } from './roots/open-media-config.ts';
import type { Settings } from '../base/config/settings.ts';
import { openDatabase, settleReplacement } from '../base/database/open-database.ts';
import { openObjectStore } from '../base/object-storage/open-object-store.ts';
import { openObservability } from '../base/observability/open-observability.ts';
import { createBulk } from './bulk/bulk.ts';
import { createDeletionsLog } from './catalogue/deletions-log.ts';
import { createMediaEvents, publishUpdated } from './catalogue/media-events.ts';
import { createFolderCounter } from './catalogue/browsing/folder-counter.ts';
import { createSearchIndexer } from './catalogue/search-indexer.ts';
import { createDuplicates } from './catalogue/duplicates/duplicates.ts';
import { createGroups } from './catalogue/groups/groups.ts';
import { createPlayOrder } from './catalogue/groups/play-order.ts';
import { createCompanionKeeper } from './companions/companion-keeper.ts';
import { createTextFolder } from './catalogue/text-folder.ts';
import { foldModels, foldPendingImports } from './model-records/sql/fold-records.ts';
import { openCopyparty } from './copyparty/open-copyparty.ts';
import { chooseSource } from './delivery/choose-source.ts';
import { refuseOffline } from './delivery/refuse-offline.ts';
import { createHashing } from './hashing/hashing.ts';
import { configureHasher, fileRootsOf } from './hashing/configure-hasher.ts';
import { createImageProxies } from './image-proxies/image-proxies.ts';
import { createJobs } from './jobs/jobs.ts';
import { createLegacyMigration } from './legacy/migrate.ts';
import { createPendingImports } from './legacy/pending-imports.ts';
import { createPictureMoves } from './legacy/picture-moves.ts';
import type { BackgroundLoop } from '../base/async/background-loop.ts';
import { createProber } from './metadata/prober.ts';
import { settlePlaces } from './metadata/settle-places.ts';
import { createImageStore } from './model-records/image-store.ts';
import { createModelNames } from './model-records/model-names.ts';
import { createModelPictures } from './model-records/model-pictures.ts';
import { createModels } from './model-records/models.ts';
import { createRemoval, type RemovedItemsListener } from './removal/removal.ts';
import { createRoots } from './roots/roots.ts';
import { createScanner } from './scan/scan.ts';
import { folderSettledMs } from './scan/walk/known-folders.ts';
import { createWorkerPool, type WorkerPool } from './workers/worker-pool.ts';

export interface LibraryOptions {
  /** The workers, which the library closes; without it, it has its own. Several libraries of a process can share theirs. */
  pool?: WorkerPool;
}

/** The wired library: all its parts, without those for a network. The command line needs no more. */
export type Library = Awaited<ReturnType<typeof wire>> & {
  /** Continues what an earlier process left unfinished. */
  resume(): Promise<void>;
  /** Checkpoints running jobs, for up to `graceMs`, and closes everything. */
  close(graceMs?: number): Promise<void>;
};

/** Opens the library that the settings describe. Nothing stays open where that fails. */
export async function openLibrary(settings: Settings, log: Logger, options: LibraryOptions = {}): Promise<Library> {
  const parts = createParts();
  try {
    return {
      ...(await wire(parts, settings, log, options)),
      resume: () => parts.resume(),
      close: (graceMs = defaultGraceMs) => parts.close(graceMs),
    };
  } catch (error) {
    await parts.close(0);
    throw error;
  }
}

/** Opens each part after those that it works with; so it is closed before them. */
async function wire(parts: Parts, settings: Settings, log: Logger, options: LibraryOptions) {
  const { bytesFrom, fingerprints } = settings;
  const inData = (name: keyof typeof dataFolders) => join(settings.dataDir, dataFolders[name]);
  // This comes first, as it may replace the configuration too.
  await settleReplacement(settings.databaseUrl);
  const ownConfig = await openMediaConfig(settings, log);
  const database = parts.add(await openDatabase(settings.databaseUrl, settings.databaseConnections));
  const peers = parts.add(await openPeers(settings, log));
  const mediaConfig = shareReloads(ownConfig, peers.bus);
  const objectStore = await openObjectStore(settings.s3);
  if (objectStore) parts.add(objectStore);
  const observability = await openObservability(settings);
  if (observability.tracing) parts.add(observability.tracing);
  const copyparty = await openCopyparty(settings, { log, aroundRequest: observability.upstream });
  if (copyparty) parts.add(copyparty);
  const pool = parts.add(options.pool ?? createWorkerPool({ log, maxPixels: settings.imageMaxPixels }));
  const categories = () => mediaConfig.current().categories.map(({ key }) => key);
  const onPublished = () => [companions, duplicates].forEach((loop) => loop.wake());
  const mediaEvents = parts.add(createMediaEvents(onPublished, { bus: peers.bus, categories }));
  const duplicates = parts.add(createDuplicates({ database, mediaConfig, log }));
  const companions = parts.add(createCompanionKeeper({ database, mediaConfig, events: mediaEvents, log }));
  const roots = createRoots({ database });
  const openSource = refuseOffline({
    openSource: chooseSource({
      bytesFrom,
      upstream: copyparty && (await import('./copyparty/copyparty-source.ts')).createCopypartySources(copyparty),
      log,
    }),
    checksFirst: copyparty === null || bytesFrom === 'disk',
    roots,
  });
  const models = createModels({ database });
  const images = parts.add(
    createImageStore({
      database,
      pool,
      folder: inData('images'),
      profile: () => mediaConfig.current().modelImages,
      maxPixels: settings.imageMaxPixels,
      log,
    }),
  );
  const modelPictures = parts.add(createModelPictures({ database, folder: inData('images'), log }));
  const modelNames = parts.add(createModelNames({ database, log }));
  const pictureMoves = parts.add(createPictureMoves({ database, images, log }));
  const prober = parts.add(
    createProber({
      database,
      mediaConfig,
      roots,
      pool,
      log,
      fingerprints: fingerprints === 'first-sight',
      maxPixels: settings.imageMaxPixels,
      places: settings.places,
      onRead: (items) => companions.settle(items),
      onKnown: (items) => publishUpdated(mediaEvents, items),
    }),
  );
  const searchIndexer = parts.add(createSearchIndexer({ database, log }));
  const folderCounter = parts.add(createFolderCounter({ database, log }));
  const others = { models: foldModels, pending_import: foldPendingImports };
  const textFolder = parts.add(createTextFolder({ database, log, others }));
  const deletionsLog = parts.add(createDeletionsLog({ database, folder: settings.logDir, log }));
  const jobs = createJobs({ database, log, observer: observability.jobs });
  parts.add({ close: (graceMs) => jobs.close({ graceMs }) });
  const hashing = createHashing({
    database,
    jobs,
    mediaConfig,
    hasher: configureHasher(settings, { pool, mediaConfig, findHash: models.findHashByFilename }),
    pending: createPendingImports({ database, moves: pictureMoves, onStored: () => modelNames.wake() }),
    onHashed: () => duplicates.wake(),
    // One more than threads, so that a file is ready when a thread has finished another.
    concurrency: pool.threads + 1,
  });
  const legacyMigration = parts.add(
    createLegacyMigration({
      database,
      jobs,
      pool,
      images,
      legacyRoots: { paths: settings.legacyRoots, setting: 'LEGACY_ROOTS' },
      fileRoots: () => fileRootsOf(settings, mediaConfig),
      workFolder: inData('legacy'),
      onStored: () => modelNames.wake(),
      log,
    }),
  );
  const imageProxies = parts.add(
    createImageProxies({
      database,
      mediaConfig,
      jobs,
      pool,
      folder: inData('proxies'),
      fetchFolder: inData('fetched'),
      fetches: copyparty !== null && bytesFrom !== 'disk',
      openSource,
      objectStore,
      maxPixels: settings.imageMaxPixels,
      log,
    }),
  );
  const onRemoved: RemovedItemsListener[] = [() => imageProxies.forgetRemoved()];
  const removal = createRemoval({ database, mediaConfig, roots, deletionsLog, events: mediaEvents, onRemoved, log });
  // Tags are searched too.
  const onChanged = () => searchIndexer.wake();
  const bulk = createBulk({ database, jobs, mediaConfig, roots, removal, events: mediaEvents, onChanged });
  const followUp: Pick<BackgroundLoop, 'wake'>[] = [prober, searchIndexer, folderCounter, companions, duplicates];
  if (settings.imageProxiesAfterScan) followUp.push(imageProxies.afterScan);
  /** Called when items were added or changed: reads their headers, indexes their text, counts their folders and, if set so, makes their proxies. */
  const wakeFollowUp = () => followUp.forEach((loop) => loop.wake());
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
    fingerprints,
    onCatalogued: wakeFollowUp,
  });
  parts.add({
    // Jobs come last, when all parts that a job works with have resumed.
    async resume() {
      await settlePlaces(database, settings.places);
      await jobs.recover();
      textFolder.wake();
      wakeFollowUp();
      pictureMoves.wake();
      modelNames.wake();
    },
    // The parts that end before the pool wait for its tasks, of which one may never come to its end.
    close: (graceMs) => pool.closeWithin(graceMs),
  });

  return {
    bulk,
    companions,
    copyparty,
    database,
    deletionsLog,
    duplicates,
    folderCounter,
    groups: createGroups({ database, mediaConfig }),
    hashing,
    imageProxies,
    images,
    jobs,
    legacyMigration,
    mediaConfig,
    mediaEvents,
    modelPictures,
    models,
    objectStore,
    observability,
    openSource,
    peers,
    playOrder: createPlayOrder({ database, mediaConfig }),
    pool,
    prober,
    removal,
    roots,
    scanner,
    searchIndexer,
    textFolder,
    /** Has this woken too, behind the others. */
    followToo: (loop: Pick<BackgroundLoop, 'wake'>) => void followUp.push(loop),
    /** Has this told of removed items too, of which it keeps something. */
    forgetToo: (forget: RemovedItemsListener) => void onRemoved.push(forget),
    wakeFollowUp,
  };
}
