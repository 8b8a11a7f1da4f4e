import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Parts } from '../base/async/parts.ts';
import type { Membership } from '../base/bus/join-nodes.ts';
import { createSlots } from '../base/async/slots.ts';
import { checkRoots } from '../base/config/check-roots.ts';
import { readDiskSpace } from '../base/config/disk-space.ts';
import { dataFolders } from '../base/config/data-folders.ts';
import type { Settings } from '../base/config/settings.ts';
import { sql } from '../base/database/sql.ts';
import { createArchivableFiles } from '../library/catalogue/archivable-files.ts';
import { createCatalogue } from '../library/catalogue/catalogue.ts';
import { createArchives } from '../library/delivery/archives/archives.ts';
import { createPreparedSelections } from '../library/delivery/archives/prepared-selections.ts';
import { createCompanionFiles } from '../library/delivery/companions/companion-files.ts';
import { createCompanionFolders } from '../library/delivery/companions/companion-folders.ts';
import { createSubtitles } from '../library/delivery/companions/subtitles.ts';
import { createPlaceholders } from '../library/delivery/placeholders/placeholders.ts';
import { createThumbnailsAhead } from '../library/delivery/placeholders/thumbnails-ahead.ts';
import { findPicturedRow } from '../library/delivery/posters/find-pictured-item.ts';
import { createPosters } from '../library/delivery/posters/posters.ts';
import { createStoryboards } from '../library/delivery/storyboards/storyboards.ts';
import { createHeaderDetector } from '../library/ingest/detect-by-headers.ts';
import { createDiskTarget } from '../library/ingest/disk-target.ts';
import { createHashAlike } from '../library/ingest/hash-alike.ts';
import { createIngest } from '../library/ingest/ingest.ts';
import { createIncomingFolder } from '../library/ingest/upload-notes.ts';
import type { Library } from '../library/library.ts';
import { createModelImageUploads } from '../library/model-records/model-image-uploads.ts';
import { createStoredImages } from '../library/model-records/stored-images.ts';
import { createTrash } from '../library/removal/trash.ts';
import { createApiTokens } from './access/api-tokens.ts';
import { createAccess } from './access/access.ts';
import { createServiceStatus } from './service-status.ts';

/** The parts that the service adds to the library, because only callers over a network need them. */
export type ServiceParts = Awaited<ReturnType<typeof openServiceParts>>;

interface ServicePartsOptions {
  /** Closes whatever is opened here. */
  parts: Parts;
  library: Library;
  membership: Membership;
  settings: Settings;
  log: Logger;
  /** The signal is aborted when the service begins to close. */
  signal: AbortSignal;
}

export async function openServiceParts({ parts, library, membership, settings, log, signal }: ServicePartsOptions) {
  const { copyparty, database, hashing, imageProxies, images, mediaConfig, mediaEvents, objectStore } = library;
  const { deletionsLog, observability, openSource, pool, roots } = library;
  const { bytesFrom, ingestTarget, maxAtOnce, uploadMaxBytes } = settings;
  const inData = (name: keyof typeof dataFolders) => join(settings.dataDir, dataFolders[name]);
  const access = parts.add(await createAccess({ database, ...settings }));
  const catalogue = createCatalogue({ database, mediaConfig, events: mediaEvents, places: settings.places });
  const upstream = copyparty && { copyparty, ...(await import('../library/copyparty/copyparty-uses.ts')) };
  const packer = upstream && bytesFrom !== 'disk' ? upstream.createCopypartyArchives(upstream.copyparty) : null;
  const archivable = createArchivableFiles({ database, mediaConfig });
  const preparedArchives = createPreparedSelections({ database, mediaConfig, files: archivable });
  const archives = createArchives({
    files: archivable,
    prepared: preparedArchives,
    openSource: (file, signal) => openSource(file, { signal }),
    findUpstream: () => (copyparty?.state().isUp ? packer : null),
    log,
  });
  const findCategory = (key: string) => mediaConfig.findCategory(key);
  // Uploads that go through copyparty are known to it.
  const indexNotifier =
    upstream && ingestTarget === 'disk'
      ? parts.add(upstream.createIndexNotifier({ copyparty: upstream.copyparty, findCategory, log }))
      : null;
  const incoming = createIncomingFolder(inData('incoming'), log);
  const ingest = parts.add(
    createIngest({
      database,
      mediaConfig,
      incoming,
      log,
      detectByHeaders: createHeaderDetector(library.pool),
      target:
        upstream && ingestTarget === 'copyparty'
          ? upstream.createCopypartyTarget({ copyparty: upstream.copyparty, log })
          : createDiskTarget({ roots }),
      hashAlike: createHashAlike({ database, mediaConfig, roots, hashing, pool, signal }),
      maxBytes: uploadMaxBytes,
      findItem: (id) => catalogue.find(id),
      afterReceiving: (file) => observability.metrics?.received(file),
      events: mediaEvents,
      afterUpload: [
        ({ rootCategory }) => indexNotifier?.changed(rootCategory),
        ({ id }) => imageProxies.eager.add(id),
        library.wakeFollowUp,
      ],
    }),
  );
  const placeholders = parts.add(createPlaceholders({ database, pool, log }));
  const fetchFilms = copyparty && bytesFrom !== 'disk' ? { openSource, folder: inData('fetched') } : undefined;
  const posters = parts.add(
    createPosters({
      pool,
      log,
      cacheDir: inData('thumbnails'),
      imagesDir: images.folder,
      maxCacheBytes: settings.thumbnailCacheBytes,
      maxPixels: settings.imageMaxPixels,
      ffmpegPath: settings.ffmpegPath ?? null,
      fetchFilms,
      upstream: upstream?.createCopypartyThumbnails(upstream.copyparty),
      findStandIn: imageProxies.findStandIn,
      placeholders,
    }),
  );
  const thumbnailsAhead = settings.thumbnailsAhead
    ? parts.add(
        createThumbnailsAhead({
          database,
          posters,
          placeholders,
          log,
          size: settings.thumbnailsAhead,
          findItem: (id) => findPicturedRow({ database, mediaConfig }, id),
          async isOnline({ category }) {
            const configured = findCategory(category);
            return configured !== undefined && (await roots.recogniseOften(configured)).state === 'ONLINE';
          },
          areWorkersBusy: () => pool.load().busy + pool.load().queued > 0,
        }),
      )
    : null;
  if (thumbnailsAhead) library.followToo(thumbnailsAhead);
  const storyboards = parts.add(
    createStoryboards({
      pool,
      log,
      cacheDir: inData('storyboards'),
      maxCacheBytes: settings.thumbnailCacheBytes,
      maxPixels: settings.imageMaxPixels,
      ffmpegPath: settings.ffmpegPath ?? null,
      fetchFilms: fetchFilms && { ...fetchFilms, pool },
    }),
  );
  const upstreamFolders = packer && { isAlone: bytesFrom === 'copyparty', list: packer.list };
  const companionFiles = createCompanionFiles({
    mediaConfig,
    listFolder: createCompanionFolders({ upstream: upstreamFolders, log }),
    openSource,
    log,
  });
  const subtitles = createSubtitles({ openSource, pool });
  for (const pictures of [posters, storyboards]) {
    library.forgetToo(async (items) => {
      for (const item of items) await pictures.forget(item);
    });
  }
  const checkDatabase = () => database.read(sql`SELECT 1`);
  const status = createServiceStatus({
    checkDatabase,
    findNodes: () => membership.nodes(),
    dataDir: settings.dataDir,
    checkObjectStorage: objectStore && (() => objectStore.check()),
    copyparty: upstream && {
      hasFallback: bytesFrom === 'auto',
      probe: () =>
        upstream.probeCopyparty({
          copyparty: upstream.copyparty,
          categories: mediaConfig.current().categories,
          hasPassword: settings.copypartyPassword !== undefined,
          signal,
        }),
    },
  });
  parts.add({
    // The start does not wait for this check: the service is useful without copyparty.
    resume() {
      status.copyparty().then(
        ({ state, detail }) => {
          if (detail !== null) log.warn({ state, detail }, 'copyparty cannot do all that it should');
        },
        () => undefined, // The check rejects only when the service closes.
      );
    },
  });
  const slots = {
    uploads: createSlots(maxAtOnce.uploads, 'Uploads'),
    archives: createSlots(maxAtOnce.archives, 'Archives'),
    subscriptions: createSlots(maxAtOnce.subscriptions, 'Subscriptions'),
  };
  return {
    access,
    apiTokens: createApiTokens(database),
    archives,
    catalogue,
    checkDatabase,
    companionFiles,
    checkRoots: () => checkRoots(mediaConfig.current()),
    /** The space of the disk of a category's root; null where another folder, or none, is in its place. */
    async spaceOfRoot(key: string) {
      const category = findCategory(key);
      const isThere = category !== undefined && (await roots.whyOffline(category)) === null;
      return isThere ? readDiskSpace(category.rootPath) : null;
    },
    incoming,
    ingest,
    modelImageUploads: createModelImageUploads({ database, images, maxBytes: uploadMaxBytes }),
    placeholders,
    posters,
    preparedArchives,
    /** When scans come by themselves. */
    scanTimes: { schedule: settings.scanSchedule ?? null, isWatching: settings.watch !== null },
    slots,
    status,
    storyboards,
    subtitles,
    thumbnailsAhead,
    storedImages: createStoredImages({ database, folder: images.folder }),
    trash: createTrash({
      database,
      mediaConfig,
      deletionsLog,
      events: mediaEvents,
      log,
      onPurged: () => imageProxies.forgetRemoved(),
    }),
  };
}
