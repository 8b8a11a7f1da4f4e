import type { Logger } from 'pino';
import { clearAbandoned } from '../../base/files/unfinished.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import { novaProfile } from '../../base/config/image-proxy-profile.ts';
import type { Database } from '../../base/database/database.ts';
import type { OpenSource } from '../delivery/choose-source.ts';
import type { FindStandIn } from '../delivery/posters/photo-origin.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { ObjectStore } from '../../base/object-storage/object-store.ts';
import type { BackgroundLoop } from '../../base/async/background-loop.ts';
import { createEagerProxies, type EagerProxies } from './eager-proxies.ts';
import { createFetchSource } from './fetch-source.ts';
import { createFindStandIn } from './find-stand-in.ts';
import { createSingleImageProxies, type SingleImageProxies } from './single-image-proxies.ts';
import { openProxy } from './open-proxy.ts';
import { createPrepareForAnalysis, type PrepareForAnalysis } from './prepare-for-analysis.ts';
import { createProxiesAfterScan } from './proxies-after-scan.ts';
import { createImageProxyBatches, type ImageProxyBatches } from './image-proxy-batches.ts';
import { createProxyFiles } from './proxy-files.ts';
import { createProxyRenderer, type RenderPool } from './proxy-renderer.ts';
import { createProxyWriter } from './proxy-writer.ts';
import { createRemains } from './remains.ts';

/** All that there is to do with image proxies: single ones, and all others. */
export interface ImageProxies extends SingleImageProxies {
  batches: ImageProxyBatches;
  prepareForAnalysis: PrepareForAnalysis;
  /** Makes those of new uploads. */
  eager: EagerProxies;
  /** Makes those of what scans found; it does nothing until it is woken. */
  afterScan: BackgroundLoop;
  /** Removes the proxies of items whose rows are gone, and what was uploaded of them. */
  forgetRemoved(): Promise<void>;
  open: (publicId: string) => ReturnType<typeof openProxy>;
  /** Finds the proxy by which an image may be shown. */
  findStandIn: FindStandIn;
  /** Removes what killed processes left unfinished. */
  resume(): Promise<void>;
  /** Ends what works in the background; what it had not begun is made later. */
  close(): Promise<void>;
}

interface ImageProxiesOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  jobs: Pick<Jobs, 'register' | 'start'>;
  pool: RenderPool;
  /** The folder of the proxies' files. */
  folder: string;
  /** The folder for files that are fetched to be read. */
  fetchFolder: string;
  /** Whether files may have to be fetched: not where all bytes come from the disk. */
  fetches: boolean;
  openSource: OpenSource;
  /** Null where none is configured. */
  objectStore: ObjectStore | null;
  maxPixels: number;
  log: Pick<Logger, 'warn' | 'error'>;
}

export function createImageProxies(options: ImageProxiesOptions): ImageProxies {
  const { database, mediaConfig, jobs, pool, folder, fetchFolder, openSource, objectStore, maxPixels, log } = options;
  const files = createProxyFiles(folder);
  const renderer = createProxyRenderer({
    pool,
    files,
    findCategory: (key) => mediaConfig.findCategory(key),
    fetchSource: options.fetches ? createFetchSource({ folder: fetchFolder, openSource }) : null,
    maxPixels,
  });
  const writer = createProxyWriter({ database, files });
  const single = createSingleImageProxies({ database, mediaConfig, files, renderer, writer });
  const remains = createRemains({ database, files, mediaConfig, objectStore });
  const findProfile = (name: string) => single.profile(name);
  const profile = () => findProfile(novaProfile.name);
  const eager = createEagerProxies({ imageProxies: single, profile, log });
  const afterScan = createProxiesAfterScan({ database, mediaConfig, renderer, writer, profile, log });
  return {
    ...single,
    batches: createImageProxyBatches({ jobs, database, mediaConfig, findProfile, files, renderer, writer, remains }),
    prepareForAnalysis: createPrepareForAnalysis({
      database,
      mediaConfig,
      imageProxies: single,
      files,
      openSource,
      objectStore,
    }),
    eager,
    afterScan,
    forgetRemoved: () => remains.clearRemoved(),
    open: (publicId) => openProxy({ imageProxies: single, files }, publicId),
    findStandIn: createFindStandIn({ imageProxies: single, files }),
    async resume() {
      await clearAbandoned(fetchFolder, log);
      await clearAbandoned(folder, log);
    },
    async close() {
      await Promise.all([afterScan.close(), eager.close()]);
    },
  };
}
