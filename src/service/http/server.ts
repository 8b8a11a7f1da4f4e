import { randomUUID } from 'node:crypto';
import { fastify, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { PressureLimits } from '../../base/config/operating-settings.ts';
import type { PublicUrl } from '../../base/config/settings.ts';
import type { GraphQLServer } from '../graphql/yoga.ts';
import type { Observability } from '../../base/observability/open-observability.ts';
import type { Slots } from '../../base/async/slots.ts';
import { prepareToEndConnections } from './end-connections.ts';
import { endStalledBodies } from './end-stalled-bodies.ts';
import { archiveRoutes, type ArchiveRoutesOptions } from './routes/archive-routes.ts';
import { requireRole, type Gate } from './authorize.ts';
import { createErrorHandler } from './error-handler.ts';
import { acceptGraphQLWebSockets } from './routes/graphql-websocket.ts';
import { graphqlRoutes } from './routes/graphql-routes.ts';
import { healthRoutes, type HealthRoutesOptions } from './routes/health-routes.ts';
import { metricsRoutes } from './routes/metrics-routes.ts';
import { createClientViews } from './origin/client-view.ts';
import { createOriginPolicy } from './origin/origin-policy.ts';
import { stripPrefix } from './origin/strip-prefix.ts';
import { observeRequests } from './observe-requests.ts';
import { refuseUnderPressure } from './pressure/refuse-under-pressure.ts';
import { mediaRoutes, type MediaRoutesOptions } from './routes/media-routes.ts';
import { companionRoutes, type CompanionRoutesOptions } from './routes/companion-routes.ts';
import { pictureRoutes, type PictureRoutesOptions } from './routes/picture-routes.ts';
import { storyboardRoutes, type StoryboardRoutesOptions } from './routes/storyboard-routes.ts';
import { imageRoutes, type ImageRoutesOptions } from './routes/image-routes.ts';
import { jobRoutes, type JobRoutesOptions } from './routes/job-routes.ts';
import { imageProxyRoutes, type ImageProxyRoutesOptions } from './routes/image-proxy-routes.ts';
import { pageRoutes } from './routes/page-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import type { Page } from '../page.ts';
import { sendProblem } from './problem.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { uploadRoutes, type UploadRoutesOptions } from './routes/upload-routes.ts';

export interface HttpServerOptions extends HealthRoutesOptions {
  graphql: GraphQLServer;
  resumable: UploadRoutesOptions['resumable'];
  slots: { uploads: Slots; archives: Slots };
  observability: Pick<Observability, 'metrics' | 'tracing'>;
  metricsToken: string | undefined;
  /** Null where no request is refused for the load of the service. */
  pressure: PressureLimits | null;
  gate: Gate;
  /** The origins whose web pages may use the service. */
  corsOrigins: readonly string[];
  /** Null or left out: what trusted proxies say counts. */
  publicUrl?: PublicUrl | null;
  /** The addresses of reverse proxies that are trusted to report a client's address, and the one that it used. */
  trustedProxies: readonly string[];
  archives: ArchiveRoutesOptions['archives'];
  /** Null or left out: browsers are led to GraphiQL. */
  page?: Page | null;
  media: Omit<MediaRoutesOptions, 'log'>;
  pictures: Omit<PictureRoutesOptions, 'log'>;
  storyboards: Omit<StoryboardRoutesOptions, 'log'>;
  companions: Omit<CompanionRoutesOptions, 'log'>;
  /** The time for which a request may send nothing of its body. */
  stallTimeoutMs: number;
  images: ImageRoutesOptions['images'];
  jobs: JobRoutesOptions['jobs'];
  imageProxies: Omit<ImageProxyRoutesOptions, 'log'>;
  log: Logger;
}

export interface HttpServer {
  /** Fastify itself, for tests that send requests without a socket. */
  readonly fastify: FastifyInstance;
  /** Returns the address that the server listens on. */
  listen(host: string, port: number): Promise<string>;
  /** Accepts no more requests; open responses finish, or are ended after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Creates the server for everything that speaks HTTP: GraphQL, the byte routes, health. */
export async function createHttpServer({
  archives,
  companions,
  corsOrigins,
  gate,
  graphql,
  imageProxies,
  images,
  jobs,
  media,
  metricsToken,
  observability,
  page = null,
  pictures,
  pressure: pressureLimits,
  publicUrl = null,
  resumable,
  slots,
  stallTimeoutMs,
  storyboards,
  log,
  checkReady,
  trustedProxies,
}: HttpServerOptions): Promise<HttpServer> {
  const loggerInstance: FastifyBaseLogger = log;
  const handleError = createErrorHandler(log);
  const host = fastify({
    loggerInstance,
    // The address of an archive names up to a thousand items.
    http: { maxHeaderSize: 64 * 1024 },
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    genReqId: () => randomUUID(),
    // Node would end every request that takes longer than five minutes to arrive, however steady it is.
    requestTimeout: 0,
    // Idle connections would otherwise keep the process from ending.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500 },
    // These errors occur before a route is found.
    frameworkErrors: (error, request, reply) => void handleError(error, request, reply),
  });
  host.setErrorHandler(handleError);
  observeRequests(host, observability);
  const pressure = await refuseUnderPressure(host, pressureLimits);
  endStalledBodies(host, stallTimeoutMs);
  host.setNotFoundHandler((request, reply) =>
    sendProblem(reply, {
      status: 404,
      detail: `There is nothing at ${request.method} ${request.url.slice(0, 200)}. GraphQL answers at /graphql.`,
      code: 'NOT_FOUND',
    }),
  );
  const viewOf = createClientViews({ publicUrl, trustedProxies });
  const origins = createOriginPolicy({ corsOrigins, publicUrl, viewOf });
  const guarded = { ...gate, isOwnRequest: origins.isOwnRequest };
  stripPrefix(host, viewOf);
  await addSecurityHeaders(host, origins);
  await host.register(pageRoutes({ page, viewOf }));
  await host.register(graphqlRoutes({ graphql, gate: guarded, origins, viewOf, uploads: slots.uploads }));
  await host.register(sessionRoutes({ gate: guarded, viewOf }));
  await host.register(async (writable) => {
    writable.setErrorHandler(createErrorHandler(log));
    writable.addHook('onRequest', requireRole(guarded, 'EDITOR'));
    await writable.register(uploadRoutes({ resumable, viewOf, uploads: slots.uploads }));
  });
  await host.register(async (readable) => {
    readable.addHook('onRequest', requireRole(guarded, 'VIEWER'));
    await readable.register(mediaRoutes({ ...media, log }));
    await readable.register(pictureRoutes({ ...pictures, log }));
    await readable.register(storyboardRoutes({ ...storyboards, log }));
    await readable.register(companionRoutes({ ...companions, log }));
    await readable.register(imageProxyRoutes({ ...imageProxies, log }));
    await readable.register(archiveRoutes({ archives, slots: slots.archives, log }));
    await readable.register(imageRoutes({ images, log }));
  });
  await host.register(async (administrative) => {
    administrative.addHook('onRequest', requireRole(guarded, 'ADMIN'));
    await administrative.register(jobRoutes({ jobs, log }));
  });
  await host.register(healthRoutes({ checkReady }));
  const { metrics } = observability;
  if (metrics !== null) await host.register(metricsRoutes({ metrics, gate: guarded, token: metricsToken }));
  const endConnections = prepareToEndConnections(host.server);
  const webSockets = acceptGraphQLWebSockets(host.server, { graphql, gate: guarded, origins, viewOf, pressure, log });
  return {
    fastify: host,
    listen: (address, port) => host.listen({ host: address, port }),
    async close(graceMs) {
      endConnections();
      const deadline = setTimeout(() => host.server.closeAllConnections(), graceMs);
      try {
        await webSockets.close();
        await host.close();
      } finally {
        clearTimeout(deadline);
      }
    },
  };
}
