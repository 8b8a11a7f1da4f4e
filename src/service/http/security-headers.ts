import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * Sets headers for browsers on every answer: they must not guess types, nor show it inside other pages, and which pages
 * may read it. Without configured origins only the service's own pages may, and media elements only on the same site.
 */
export async function addSecurityHeaders(host: FastifyInstance, corsOrigins: readonly string[]): Promise<void> {
  await host.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives },
    crossOriginResourcePolicy: { policy: corsOrigins.length > 0 ? 'cross-origin' : 'same-site' },
    // The service may stand behind a reverse proxy that speaks plain HTTP in a home network.
    strictTransportSecurity: false,
  });
  if (corsOrigins.length === 0) return;
  await host.register(cors, {
    origin: [...corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    exposedHeaders: ['content-range', 'content-disposition', 'etag', 'retry-after', 'x-request-id'],
    maxAge: 600,
  });
}

/** GraphiQL, the only page, has its scripts and styles inline; its editor's workers are blobs. */
const directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'", "'unsafe-inline'", "'unsafe-eval'", 'blob:'],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'worker-src': ["'self'", 'blob:'],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};
