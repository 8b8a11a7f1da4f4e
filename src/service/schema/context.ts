import type { Logger } from 'pino';
import type { Principal } from '../access/principal.ts';
import { includesRole } from '../access/role.ts';
import type { UrlSigner } from '../access/url-signer.ts';
import type { Catalogue } from '../../library/catalogue/catalogue.ts';
import type { RootState } from '../../base/config/check-roots.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { PrismaClient } from '../../base/database/database.ts';
import type { Ingest } from '../../library/ingest/ingest.ts';
import type { MediaEvents } from '../../library/catalogue/media-events.ts';
import type { Jobs } from '../../library/jobs/jobs.ts';
import type { Tracing } from '../../base/observability/tracing.ts';
import type { Removal } from '../../library/removal/removal.ts';
import type { Hashing } from '../../library/hashing/hashing.ts';
import type { LegacyMigration } from '../../library/legacy/migrate.ts';
import type { ModelImageUploads } from '../../library/model-records/model-image-uploads.ts';
import type { Models } from '../../library/model-records/models.ts';
import type { ImageProxies } from '../../library/image-proxies/image-proxies.ts';
import type { PrepareForAnalysis } from '../../library/image-proxies/prepare-for-analysis.ts';
import type { ProxyBatches } from '../../library/image-proxies/proxy-batches.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Roots } from '../../library/roots/roots.ts';
import type { Scanner } from '../../library/scan/scan.ts';
import type { ServiceStatus } from '../service-status.ts';
import type { Trash } from '../../library/removal/trash.ts';

/** The domains that resolvers call. */
export interface GraphQLServices {
  catalogue: Catalogue;
  ingest: Ingest;
  hashing: Hashing;
  jobs: Jobs;
  legacyMigration: LegacyMigration;
  mediaConfig: MediaConfigStore;
  mediaEvents: MediaEvents;
  removal: Removal;
  models: Models;
  modelImageUploads: ModelImageUploads;
  imageProxies: ImageProxies;
  prepareForAnalysis: PrepareForAnalysis;
  imageProxyBatches: ProxyBatches;
  urls: Pick<UrlSigner, 'sign'>;
  roots: Pick<Roots, 'recogniseOften'>;
  scanner: Scanner;
  status: ServiceStatus;
  trash: Trash;
  /** For Pothos's Prisma plugin alone. */
  prisma: PrismaClient;
  checkRoots(): Promise<RootState[]>;
}

/** What one operation shares among its resolvers. */
export interface GraphQLContext extends GraphQLServices {
  log: Logger;
  /** Null or left out where nothing is traced. */
  tracing?: Tracing | null;
  /** Aborted when the client leaves. */
  signal: AbortSignal;
  load: Loaders;
  /** Who asks; null where nobody says so. */
  viewer: Principal | null;
  /** Whether the caller may know where things lie on the service's machine. */
  seesPaths: boolean;
  /** The URL as the caller can put it into a page: signed, where it would need a token else. */
  linkTo(url: string): string;
}

/** What comes with one operation. */
export type OperationContext = Pick<GraphQLContext, 'log' | 'signal' | 'viewer' | 'tracing'>;

export function createContext(services: GraphQLServices, operation: OperationContext): GraphQLContext {
  const { urls } = services;
  const { viewer } = operation;
  return {
    ...services,
    ...operation,
    load: createLoaders(services),
    seesPaths: viewer !== null && includesRole(viewer.role, 'ADMIN'),
    linkTo: (url) => (viewer === null || viewer.source === 'OPEN' ? url : urls.sign(url)),
  };
}
