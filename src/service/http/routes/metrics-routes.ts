import type { FastifyPluginAsync } from 'fastify';
import type { Metrics } from '../../../base/observability/metrics.ts';
import { hashSecret, isSecretOf } from '../../access/token-secret.ts';
import { requireRole, type GuardedGate } from '../authorize.ts';
import { createErrorHandler } from '../error-handler.ts';
import { alwaysAnswered } from '../pressure/refuse-under-pressure.ts';
import { refuseOtherMethods } from '../refuse-other-methods.ts';

interface MetricsRoutesOptions {
  metrics: Pick<Metrics, 'contentType' | 'text'>;
  gate: GuardedGate;
  /** A token that is valid for the metrics only. */
  token: string | undefined;
}

/** Serves `GET` and `HEAD` of `/metrics`, for Prometheus, to administrators and whoever has the token. */
export function metricsRoutes({ metrics, gate, token }: MetricsRoutesOptions): FastifyPluginAsync {
  const requireAdmin = requireRole(gate, 'ADMIN');
  const wantedHash = token === undefined ? null : hashSecret(`Bearer ${token}`);
  return async (fastify) => {
    fastify.setErrorHandler(createErrorHandler(fastify.log));
    refuseOtherMethods(fastify, ['/metrics']);
    fastify.addHook('onRequest', async function authorize(request, reply) {
      const { authorization } = request.headers;
      if (wantedHash !== null && authorization !== undefined && isSecretOf(authorization, wantedHash)) return;
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
