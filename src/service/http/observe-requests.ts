import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../../base/observability/metrics.ts';
import type { OpenSpan, Tracing } from '../../base/observability/tracing.ts';
import { countSentBytes } from './sending/response-sink.ts';

interface Instruments {
  metrics: Metrics | null;
  tracing: Tracing | null;
}

/**
 * Counts, times and traces requests by their route, never by their URL: that has ids, names and signatures. Health
 * checks and the metrics themselves are not traced.
 */
export function observeRequests(host: FastifyInstance, { metrics, tracing }: Instruments): void {
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
    // With a callback: what is begun in it, the rest of the request, belongs to the span.
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

/** As nginx notes it: the client left before it was answered. */
const leftStatus = 499;
const untraced = /^\/(?:health|metrics)\b/;
const streamed = /^\/(?:media|archive|images|proxies)\b/;
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? 'none';
}

/** A client may send any word. */
function methodOf({ method }: FastifyRequest): string {
  return methods.has(method) ? method : 'OTHER';
}
