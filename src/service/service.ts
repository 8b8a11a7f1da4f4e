import { join } from 'node:path';
import type { Logger } from 'pino';
import { createParts, defaultGraceMs, type Parts } from '../base/async/parts.ts';
import { joinNodes } from '../base/bus/join-nodes.ts';
import type { RootState } from '../base/config/check-roots.ts';
import { dataFolders } from '../base/config/data-folders.ts';
import type { Settings } from '../base/config/settings.ts';
import { findPicturedItem } from '../library/delivery/posters/find-pictured-item.ts';
import { openLibrary, type Library, type LibraryOptions } from '../library/library.ts';
import { publishOtherScans } from '../library/scan/publish-other-scans.ts';
import type { JobRecord } from '../library/jobs/job-record.ts';
import { createScanTurns } from '../library/scan/watch/scan-turns.ts';
import { startSchedule } from '../library/scan/watch/schedule.ts';
import { createWatchDuty } from '../library/scan/watch/watch-duty.ts';
import { createWatch } from '../library/scan/watch/watch.ts';
import type { Access } from './access/access.ts';
import { findPage, pageFolder } from './page.ts';
import { loadOperations } from './graphql/persisted/load-operations.ts';
import { createGraphQLServer } from './graphql/yoga.ts';
import { uploadsPath } from './http/routes/upload-routes.ts';
import { createHttpServer, type HttpServer } from './http/server.ts';
import { createResumableUploads } from './http/uploads/resumable-uploads.ts';
import { openServiceParts } from './service-parts.ts';

/** The service, wired and ready: the library, and everything through which it is reached over a network. */
export interface Service extends Library {
  readonly access: Pick<Access, 'isOpen'>;
  checkRoots(): Promise<RootState[]>;
  readonly http: HttpServer;
  /** Watches the roots and scans on schedule, as far as the settings say so, and reports what other processes scan. */
  followRoots(): void;
  /**
   * Scans every category; returns null where another node has just done so, or is at it. Throws ScanAlreadyRunningError while a scan
   * of some of it is at work.
   */
  startFirstScan(): Promise<JobRecord<'SCAN'> | null>;
  /** Closes the library too, and lets open responses finish for up to `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

/** Opens the library and builds the service around it. Where that fails, everything is closed again. */
export async function openService(
  settings: Settings,
  log: Logger,
  { page = pageFolder, ...options }: LibraryOptions & { page?: string } = {},
): Promise<Service> {
  const parts = createParts();
  try {
    const library = await openLibrary(settings, log, options);
    parts.add({ close: (graceMs) => library.close(graceMs) });
    const service = await wire(parts, library, settings, log, page);
    return {
      ...library,
      ...service,
      async resume() {
        await parts.resume();
        await library.resume();
      },
      close: (graceMs = defaultGraceMs) => parts.close(graceMs),
    };
  } catch (error) {
    await parts.close(0);
    throw error;
  }
}

async function wire(parts: Parts, library: Library, settings: Settings, log: Logger, folder: string) {
  const { database, jobs, mediaConfig, mediaEvents, observability, imageProxies, openSource, peers, pool } = library;
  const { roots, scanner } = library;
  const queryLimits = { introspection: settings.introspection, limits: settings.graphqlLimits };
  const page = settings.web ? await findPage(folder) : null;
  if (settings.web && page === null) log.info({ folder }, 'The page is not built here: `npm run build` makes it');
  const manifests = { listed: settings.persistedOperations, page: page?.operations ?? null };
  const persisted = await loadOperations(manifests, queryLimits);
  const closing = new AbortController();
  const membership = await joinNodes({ database, peers, dataDir: settings.dataDir, log });
  const serviceParts = await openServiceParts({ parts, membership, library, settings, log, signal: closing.signal });
  const { access, archives, catalogue, checkDatabase, companionFiles, ingest, posters, slots, storyboards, subtitles } =
    serviceParts;
  observability.metrics?.watch({ jobs: () => jobs.active(), workers: () => pool.load(), slots });
  const graphql = createGraphQLServer(
    {
      ...library,
      ...serviceParts,
      urls: access.urls,
      prisma: database.prisma,
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
  const resumable = createResumableUploads({
    ingest,
    log,
    folder: join(serviceParts.incoming.path, 'resumable'),
    finishedFolder: join(settings.dataDir, dataFolders.finishedUploads),
    path: uploadsPath,
    maxBytes: settings.uploadMaxBytes,
    peers,
  });
  const findPictured = (publicId: string) => findPicturedItem({ database, mediaConfig }, publicId);
  const http = await createHttpServer({
    archives,
    page,
    slots,
    observability,
    metricsToken: settings.metricsToken,
    pressure: settings.pressure,
    graphql,
    images: serviceParts.storedImages,
    jobs,
    gate: access,
    corsOrigins: settings.corsOrigins,
    publicUrl: settings.publicUrl,
    trustedProxies: settings.identityProxy?.addresses ?? [],
    media: { findFile: (publicId) => catalogue.findFile(publicId), openSource },
    imageProxies,
    pictures: { posters, findPicturedItem: findPictured },
    storyboards: { storyboards, findPicturedItem: findPictured, urls: access.urls },
    companions: { companionFiles, subtitles, openSource, findItem: findPictured },
    resumable,
    stallTimeoutMs: settings.uploadStallTimeoutMs,
    log,
    async checkReady() {
      await checkDatabase();
    },
  });
  // Both are closed at once: the end of the jobs ends the subscriptions that follow them, and so their connections.
  parts.add({ close: (graceMs) => Promise.all([jobs.close({ graceMs }), http.close(graceMs)]) });
  parts.add(resumable);
  parts.add({
    close(graceMs) {
      closing.abort();
      // The library closes when the responses have had that time already.
      pool.closeWithin(graceMs);
    },
  });

  const hasOthers = peers.bus.reachesOthers;
  const turns = hasOthers ? createScanTurns({ database, jobs, scanner, mediaConfig, roots }) : null;

  return {
    access,
    checkRoots: serviceParts.checkRoots,
    http,
    startFirstScan: () => (turns === null ? scanner.start({ requestedBy: 'start' }) : turns.startFirst()),
    followRoots() {
      const { scanSchedule, watch } = settings;
      if (!hasOthers) {
        parts.add(publishOtherScans({ database, jobs, events: mediaEvents, ranHere: scanner.ranHere, log }));
      }
      if (scanSchedule !== undefined) parts.add(startSchedule(scanSchedule, { scanner, jobs, log, turns }));
      if (watch === null) return;
      const duty = hasOthers ? createWatchDuty({ leases: peers.leases, roots }) : null;
      const watching = parts.add(createWatch({ ...watch, mediaConfig, scanner, jobs, log, duty }));
      watching.start().catch((error: unknown) => log.error({ err: error }, 'the roots are not watched'));
    },
  };
}
