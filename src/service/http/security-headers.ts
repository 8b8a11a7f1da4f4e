import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { OriginPolicy } from './origin/origin-policy.ts';

/**
 * Sets headers for browsers on every answer: they must not guess types, nor show it inside other pages, and which pages
 * may read it. Without configured origins only the service's own pages may, and media elements only on the same site.
 */
export async function addSecurityHeaders(
  host: FastifyInstance,
  { hasGuests, isGuest }: Pick<OriginPolicy, 'hasGuests' | 'isGuest'>,
): Promise<void> {
  await host.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives },
    crossOriginResourcePolicy: { policy: hasGuests ? 'cross-origin' : 'same-site' },
    // The service may stand behind a reverse proxy that speaks plain HTTP in a home network.
    strictTransportSecurity: false,
  });
  if (!hasGuests) return;
  await host.register(cors, {
    origin: (origin, done) => done(null, isGuest(origin)),
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    exposedHeaders,
    maxAge: 600,
  });
}

/** What scripts of a guest's page may read beside the few headers that every page may. */
export const exposedHeaders = [
  'accept-ranges',
  'content-disposition',
  'content-range',
  'etag',
  'retry-after',
  'x-request-id',
  // What the protocol of resumable uploads needs, and what this service adds to it.
  'location',
  'tus-extension',
  'tus-max-size',
  'tus-resumable',
  'tus-version',
  'upload-defer-length',
  'upload-length',
  'upload-metadata',
  'upload-offset',
  'mediashelf-item',
  'mediashelf-stored',
  'mediashelf-duplicate-of',
];

/** No answer runs anything, except GraphiQL, which has a policy of its own. A browser may show bytes that it is led to. */
const directives = {
  'default-src': ["'none'"],
  'img-src': ["'self'"],
  'media-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};
