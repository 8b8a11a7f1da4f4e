import { randomUUID } from 'node:crypto';
import { fastify, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { GraphQLServer } from '../graphql/yoga.ts';
import { endStalledBodies } from './end-stalled-bodies.ts';
import { archiveRoutes, type ArchiveRoutesOptions } from './archive-routes.ts';
import { acceptGraphQLWebSockets } from './graphql-websocket.ts';
import { graphqlRoutes } from './graphql-routes.ts';
import { healthRoutes, type HealthRoutesOptions } from './health-routes.ts';
import { mediaRoutes, type MediaRoutesOptions } from './media-routes.ts';
import { pictureRoutes, type PictureRoutesOptions } from './picture-routes.ts';
import { imageRoutes, type ImageRoutesOptions } from './image-routes.ts';
import { jobRoutes, type JobRoutesOptions } from './job-routes.ts';
import { proxyRoutes, type ProxyRoutesOptions } from './proxy-routes.ts';
import { sendProblem } from './problem.ts';
import { uploadRoutes, type UploadRoutesOptions } from './upload-routes.ts';

export interface HttpServerOptions extends HealthRoutesOptions, UploadRoutesOptions {
  graphql: GraphQLServer;
  archives: ArchiveRoutesOptions['archives'];
  media: Omit<MediaRoutesOptions, 'log'>;
  pictures: Omit<PictureRoutesOptions, 'log'>;
  /** How long a request may send nothing of its body. */
  stallTimeoutMs: number;
  images: ImageRoutesOptions['images'];
  jobs: JobRoutesOptions['jobs'];
  proxies: Omit<ProxyRoutesOptions, 'log'>;
  log: Logger;
}

export interface HttpServer {
  /** For tests: requests without a socket. */
  readonly fastify: FastifyInstance;
  /** Gives the address that it listens on. */
  listen(host: string, port: number): Promise<string>;
  /** Takes no more requests; open responses finish, or are ended after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** The host of everything that speaks HTTP: GraphQL, the byte routes, health. */
export async function createHttpServer({
  archives,
  graphql,
  images,
  jobs,
  media,
  pictures,
  resumable,
  stallTimeoutMs,
  proxies,
  log,
  checkReady,
}: HttpServerOptions): Promise<HttpServer> {
  const loggerInstance: FastifyBaseLogger = log;
  const host = fastify({
    loggerInstance,
    // The address of an archive names up to a thousand items.
    http: { maxHeaderSize: 64 * 1024 },
    genReqId: () => randomUUID(),
    // Node would end every request that takes longer than five minutes to arrive, however steady it is.
    requestTimeout: 0,
    // Idle connections would otherwise keep the process from ending.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 500 },
  });
  endStalledBodies(host, stallTimeoutMs);
  host.setNotFoundHandler((request, reply) =>
    sendProblem(reply, {
      status: 404,
      detail: `There is nothing at ${request.method} ${request.url.slice(0, 200)}. GraphQL answers at /graphql.`,
      code: 'NOT_FOUND',
    }),
  );
  host.get('/', async (_request, reply) => reply.redirect('/graphql'));
  await host.register(graphqlRoutes(graphql));
  await host.register(uploadRoutes({ resumable }));
  await host.register(mediaRoutes({ ...media, log }));
  await host.register(pictureRoutes({ ...pictures, log }));
  await host.register(proxyRoutes({ ...proxies, log }));
  await host.register(archiveRoutes({ archives, log }));
  await host.register(imageRoutes({ images, log }));
  await host.register(jobRoutes({ jobs, log }));
  await host.register(healthRoutes({ checkReady }));
  const webSockets = acceptGraphQLWebSockets(host.server, graphql, log);
  return {
    fastify: host,
    listen: (address, port) => host.listen({ host: address, port }),
    async close(graceMs) {
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
