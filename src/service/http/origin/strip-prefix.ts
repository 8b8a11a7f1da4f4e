import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { ClientViews } from './client-view.ts';

/**
 * Takes the folder below which clients see the service off the URLs of requests and of WebSockets, where a proxy has left
 * it there. A URL is cut only where a route begins behind the folder, which may have the name of a route itself.
 */
export function stripPrefix(host: FastifyInstance, viewOf: ClientViews): void {
  const firstSteps = new Set<string>();
  host.addHook('onRoute', ({ url }) => void firstSteps.add(firstStepOf(url)));

  function strip(request: IncomingMessage): void {
    const { prefix } = viewOf(request);
    if (prefix === '') return;
    // A client that joins the URLs of answers to the address of the service names the folder twice.
    for (let url: string | null = request.url ?? ''; url !== null; url = without(prefix, url)) request.url = url;
  }

  function without(prefix: string, url: string): string | null {
    if (!url.startsWith(prefix)) return null;
    const rest = url.slice(prefix.length);
    if (rest === '' || rest.startsWith('?')) return `/${rest}`;
    const leadsOn = firstSteps.has(firstStepOf(rest)) || rest.startsWith(`${prefix}/`);
    return rest.startsWith('/') && leadsOn ? rest : null;
  }

  // Fastify's `rewriteUrl` comes too late for WebSockets, and leaves the old URL where Yoga prefers it.
  host.server.prependListener('request', strip);
  host.server.prependListener('upgrade', strip);
}

/** Returns `/media` of `/media/1/stream?x`, and `/` of the root. */
function firstStepOf(url: string): string {
  return /^\/[^/?]*/.exec(url)?.[0] ?? '';
}
