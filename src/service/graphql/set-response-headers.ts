import type { Plugin } from 'graphql-yoga';

/** Sets the headers that depend on what the answer turns out to be. */
export function setResponseHeaders(): Plugin {
  return {
    onResponse({ response: { headers } }) {
      const type = headers.get('content-type') ?? '';
      // nginx would keep events back until its buffer is full.
      if (type.startsWith('text/event-stream')) headers.set('x-accel-buffering', 'no');
      const isPage = type.startsWith('text/html');
      if (isPage) headers.set('content-security-policy', graphiqlPolicy);
      // What depends on a session is in no header that a cache on the way would mind, as `Authorization` is.
      if (!isPage && !headers.has('cache-control')) headers.set('cache-control', 'private, no-store');
    },
  };
}

/** GraphiQL, the only page, has its scripts and styles inline; its editor's workers are blobs. */
const graphiqlPolicy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');
