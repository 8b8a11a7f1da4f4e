import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import type { Metrics } from '../../../base/observability/metrics.ts';
import { requireRole, type Gate } from '../authorize.ts';
import { createErrorHandler } from '../error-handler.ts';
import { alwaysAnswered } from '../pressure/refuse-under-pressure.ts';
import { refuseOtherMethods } from '../refuse-other-methods.ts';

interface MetricsRoutesOptions {
  metrics: Pick<Metrics, 'contentType' | 'text'>;
  gate: Gate;
  /** A token that is good for this alone. */
  token: string | undefined;
}

/** `GET` and `HEAD` of `/metrics`, for Prometheus: for administrators, and whoever has the token. */
export function metricsRoutes({ metrics, gate, token }: MetricsRoutesOptions): FastifyPluginAsync {
  const requireAdmin = requireRole(gate, 'ADMIN');
  return async (fastify) => {
    fastify.setErrorHandler(createErrorHandler(fastify.log));
    refuseOtherMethods(fastify, ['/metrics']);
    fastify.addHook('onRequest', async function authorize(request, reply) {
      if (token !== undefined && isSame(request.headers.authorization, `Bearer ${token}`)) return;
      await requireAdmin.call(this, request, reply);
    });
    fastify.get('/metrics', { logLevel: 'warn', config: alwaysAnswered }, async (_request, reply) =>
      reply
        .type(metrics.contentType)
        .header('cache-control', 'no-store')
        .send(await metrics.text()),
    );
  };
}

/** Takes as long for a wrong one as for the right one, and does not tell its length. */
function isSame(given: string | undefined, wanted: string): boolean {
  return given !== undefined && timingSafeEqual(digest(given), digest(wanted));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
