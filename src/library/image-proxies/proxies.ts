import type { Logger } from 'pino';
import { clearAbandoned } from '../../base/files/unfinished.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import { novaProfile } from '../../base/config/image-proxy-profile.ts';
import type { Database } from '../../base/database/database.ts';
import type { OpenSource } from '../delivery/choose-source.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { ObjectStore } from '../../base/object-storage/object-store.ts';
import type { BackgroundLoop } from '../../base/async/background-loop.ts';
import { createEagerProxies, type EagerProxies } from './eager-proxies.ts';
import { createFetchSource } from './fetch-source.ts';
import { createImageProxies, type ImageProxies } from './image-proxies.ts';
import { openProxy } from './open-proxy.ts';
import { createPrepareForAnalysis, type PrepareForAnalysis } from './prepare-for-analysis.ts';
import { createProxiesAfterScan } from './proxies-after-scan.ts';
import { createProxyBatches, type ProxyBatches } from './proxy-batches.ts';
import { createProxyFiles } from './proxy-files.ts';
import { createProxyRenderer, type RenderPool } from './proxy-renderer.ts';
import { createProxyWriter } from './proxy-writer.ts';
import { createRemains } from './remains.ts';

/** All that there is to do with image proxies. */
export interface Proxies {
  images: ImageProxies;
  batches: ProxyBatches;
  prepareForAnalysis: PrepareForAnalysis;
  /** Makes the proxies of new uploads. */
  eager: EagerProxies;
  /** Makes the proxies of what scans found; it does nothing until it is woken. */
  afterScan: BackgroundLoop;
  open: (publicId: string) => ReturnType<typeof openProxy>;
  /** Removes what killed processes left unfinished. */
  resume(): Promise<void>;
  /** Leaves to later what was not asked for yet. */
  close(): Promise<void>;
}

interface ProxiesOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  jobs: Pick<Jobs, 'register' | 'start'>;
  pool: RenderPool;
  /** Where the files of the proxies are. */
  folder: string;
  /** The folder of files that are brought here to be read. */
  fetchFolder: string;
  /** Whether files may have to be brought here: not where all bytes come from the disk. */
  fetches: boolean;
  openSource: OpenSource;
  /** Null where none is configured. */
  objectStore: ObjectStore | null;
  maxPixels: number;
  log: Pick<Logger, 'warn' | 'error'>;
}

export function createProxies(options: ProxiesOptions): Proxies {
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
  const images = createImageProxies({ database, mediaConfig, files, renderer, writer });
  const remains = createRemains({ database, files, mediaConfig, objectStore });
  const findProfile = (name: string) => images.profile(name);
  const profile = () => findProfile(novaProfile.name);
  const eager = createEagerProxies({ imageProxies: images, profile, log });
  const afterScan = createProxiesAfterScan({ database, mediaConfig, renderer, writer, profile, log });
  return {
    images,
    batches: createProxyBatches({ jobs, database, mediaConfig, findProfile, files, renderer, writer, remains }),
    prepareForAnalysis: createPrepareForAnalysis({
      database,
      mediaConfig,
      imageProxies: images,
      files,
      openSource,
      objectStore,
    }),
    eager,
    afterScan,
    open: (publicId) => openProxy({ imageProxies: images, files }, publicId),
    async resume() {
      await clearAbandoned(fetchFolder, log);
      await clearAbandoned(folder, log);
    },
    async close() {
      await Promise.all([afterScan.close(), eager.close()]);
    },
  };
}
