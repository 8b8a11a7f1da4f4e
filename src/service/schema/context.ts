import type { Logger } from 'pino';
import { needsSignature, type Principal } from '../access/principal.ts';
import { includesRole } from '../access/role.ts';
import type { UrlSigner } from '../access/url-signer.ts';
import type { PrismaClient } from '../../base/database/database.ts';
import type { Tracing } from '../../base/observability/tracing.ts';
import type { Library } from '../../library/library.ts';
import type { ServiceParts } from '../service-parts.ts';
import { createLoaders, type Loaders } from './loaders.ts';

/** The services that resolvers may call: the parts of the library and of the service, each under its own name. */
export interface GraphQLServices extends Omit<Library, 'close' | 'resume'>, ServiceParts {
  urls: Pick<UrlSigner, 'sign'>;
  /** Only Pothos's Prisma plugin uses it. */
  prisma: PrismaClient;
}

/** The context that the resolvers of one operation share. */
export interface GraphQLContext extends GraphQLServices {
  log: Logger;
  /** Null or left out where tracing is off. */
  tracing?: Tracing | null;
  /** The signal is aborted when the client leaves. */
  signal: AbortSignal;
  load: Loaders;
  /** The caller; null where the request names none. */
  viewer: Principal | null;
  /** The name that jobs of this caller are stored with; undefined where the request names none. */
  requestedBy: string | undefined;
  /** Whether the caller may see paths on the service's machine. */
  seesPaths: boolean;
  /**
   * Returns the URL as the caller can put it into a page: signed, where it would otherwise need a token, and below the
   * folder in which the caller sees the service. With `isSigned` it is signed for others too, as far as there is access
   * control at all: a player knows no session.
   */
  linkTo(url: string, isSigned?: boolean): string;
}

/** The part of the context that comes with each operation. */
export interface OperationContext extends Pick<GraphQLContext, 'log' | 'signal' | 'viewer' | 'tracing'> {
  /** The folder below which the client sees the service: empty, or such as `/shelf`. */
  urlPrefix: string;
}

export function createContext(services: GraphQLServices, operation: OperationContext): GraphQLContext {
  const { urls } = services;
  const { viewer, urlPrefix } = operation;
  const signs = (isSigned: boolean) =>
    viewer !== null && (needsSignature(viewer) || (isSigned && viewer.source !== 'OPEN'));
  return {
    ...services,
    ...operation,
    load: createLoaders(services),
    requestedBy: viewer?.name,
    seesPaths: viewer !== null && includesRole(viewer.role, 'ADMIN'),
    // The signature is made without the folder, which is taken off before the URL is verified.
    linkTo: (url, isSigned = false) => urlPrefix + (signs(isSigned) ? urls.sign(url) : url),
  };
}
