import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Observability } from '../../base/observability/open-observability.ts';
import type { OpenSpan } from '../../base/observability/tracing.ts';
import { countSentBytes } from './sending/response-sink.ts';

/**
 * Counts, times and traces requests by their route, never by their URL, which has ids, names and signatures in it.
 * Health checks and the metrics themselves are not traced.
 */
export function observeRequests(
  host: FastifyInstance,
  { metrics, tracing }: Pick<Observability, 'metrics' | 'tracing'>,
): void {
  if (metrics !== null) {
    host.addHook('onRequest', async (request, reply) => {
      const route = routeOf(request);
      if (streamed.test(route)) countSentBytes(reply.raw, metrics.bytesOf(route));
    });
    host.addHook('onResponse', async (request, reply) => {
      const seconds = reply.elapsedTime / 1000;
      metrics.request({
        method: methodOf(request),
        route: routeOf(request),
        status: reply.raw.headersSent ? reply.raw.statusCode : leftStatus,
        seconds,
      });
    });
  }
  if (tracing !== null) {
    const spans = new WeakMap<FastifyRequest, OpenSpan>();
    // The rest of the request runs inside the callback, and so belongs to the span.
    host.addHook('onRequest', (request, _reply, done) => {
      const route = routeOf(request);
      if (untraced.test(route)) {
        done();
        return;
      }
      const method = methodOf(request);
      const attributes = { 'http.request.method': method, 'http.route': route, 'request.id': request.id };
      const span = tracing.begin(`${method} ${route}`, 'server', attributes, request.headers);
      spans.set(request, span);
      span.within(done);
    });
    host.addHook('onResponse', async (request, reply) => {
      const span = spans.get(request);
      const status = reply.raw.headersSent ? reply.raw.statusCode : leftStatus;
      span?.set({ 'http.response.status_code': status });
      if (status >= 500) span?.fail(new Error(String(status)));
      span?.end();
    });
  }
}

/** The status that nginx logs for a client that left before it was answered. */
const leftStatus = 499;
const untraced = /^\/(?:health|metrics)\b/;
const streamed = /^\/(?:media|archive|images|proxies)\b/;
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? 'none';
}

/** Returns OTHER for an unknown method: a client may send any word. */
function methodOf({ method }: FastifyRequest): string {
  return methods.has(method) ? method : 'OTHER';
}
