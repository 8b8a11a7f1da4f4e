import { createHash } from 'node:crypto';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import fresh from 'fresh';
import type { Page } from '../../page.ts';
import type { ClientViews } from '../origin/client-view.ts';

interface PageRoutesOptions {
  /** Null: browsers are led to GraphiQL, as everybody else is. */
  page: Page | null;
  viewOf: ClientViews;
}

/** The addresses that the page has, below its root; the routes in src/web/app say what they show. */
// oxfmt-ignore
const addresses = [
  '/c/*',
  '/duplicates',
  '/item/:id',
  '/jobs',
  '/jobs/:id',
  '/proxies',
  '/scans/:id',
  '/trash',
  '/models',
  '/models/*',
  '/migration',
  '/status',
  '/settings',
  '/upload',
];

/** Files that the page names by their plain names: they may change with every build. */
const plainFiles = ['theme.js', 'icon.svg', 'mediashelf.webmanifest'];

/** Serves the page at its own addresses to browsers, and its files to everybody: they say nothing of the library. */
export function pageRoutes({ page, viewOf }: PageRoutesOptions): FastifyPluginAsync {
  function leadToGraphQL({ raw }: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { prefix } = viewOf(raw);
    // Below a folder that nobody names, a relative address leads to the right place.
    return reply.redirect(prefix === '' ? 'graphql' : `${prefix}/graphql`);
  }

  return async (fastify) => {
    fastify.get('/', async (request, reply) =>
      page !== null && isBrowser(request) ? sendPage(page, request, reply) : leadToGraphQL(request, reply),
    );
    if (page === null) return;
    for (const url of addresses) {
      fastify.get(url, async (request, reply) =>
        isBrowser(request) ? sendPage(page, request, reply) : reply.callNotFound(),
      );
    }
    await fastify.register(fastifyStatic, {
      root: `${page.folder}/assets`,
      prefix: '/assets/',
      // Their names change with their content.
      immutable: true,
      maxAge: '365d',
      index: false,
      preCompressed: true,
      setHeaders: (reply) => void reply.setHeader('vary', 'Accept-Encoding'),
    });
    for (const name of plainFiles) {
      fastify.get(`/${name}`, async (_request, reply) =>
        reply.sendFile(name, page.folder, { immutable: false, maxAge: 0 }),
      );
    }
  };

  function sendPage({ html }: Page, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    // What the page names is relative to the folder below which it is seen.
    const text = html.replace('<base href="/" />', () => `<base href="${toAttribute(viewOf(request.raw).prefix)}/" />`);
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
    void reply.headers({ ...headers, etag });
    if (fresh(request.headers, { etag })) return reply.code(304).send();
    return reply.type('text/html; charset=utf-8').send(text);
  }
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  // The folder below which the service is seen.
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

const headers = {
  'content-security-policy': policy.join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-cache',
  vary: 'Accept',
};

/** Whether a page is asked for, and not the data of a program. */
function isBrowser({ headers: { accept = '' } }: FastifyRequest): boolean {
  return accept.includes('text/html');
}

function toAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
