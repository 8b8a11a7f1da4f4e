import type { Logger } from 'pino';
import type { Principal } from '../access/principal.ts';
import { includesRole } from '../access/role.ts';
import type { UrlSigner } from '../access/url-signer.ts';
import type { PrismaClient } from '../../base/database/database.ts';
import type { Tracing } from '../../base/observability/tracing.ts';
import type { ImageProxies } from '../../library/image-proxies/image-proxies.ts';
import type { PrepareForAnalysis } from '../../library/image-proxies/prepare-for-analysis.ts';
import type { ProxyBatches } from '../../library/image-proxies/proxy-batches.ts';
import type { Library } from '../../library/library.ts';
import type { ServiceParts } from '../service-parts.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** What resolvers may call: the parts of the library and of the service, each under its own name. */
export interface GraphQLServices extends Omit<Library, 'close' | 'resume'>, ServiceParts {
  imageProxies: ImageProxies;
  prepareForAnalysis: PrepareForAnalysis;
  imageProxyBatches: ProxyBatches;
  urls: Pick<UrlSigner, 'sign'>;
  /** For Pothos's Prisma plugin alone. */
  prisma: PrismaClient;
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
