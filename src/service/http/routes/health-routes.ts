import type { FastifyPluginAsync } from 'fastify';
import { alwaysAnswered } from '../pressure/refuse-under-pressure.ts';

export interface HealthRoutesOptions {
  /** Rejects where the service cannot do its work; the reason is logged, not sent. */
  checkReady(): Promise<void>;
}

/** Serves the checks of an orchestrator: `live` says that the process answers, `ready` that requests will succeed. */
export function healthRoutes({ checkReady }: HealthRoutesOptions): FastifyPluginAsync {
  return async (fastify) => {
    fastify.get('/health/live', { logLevel: 'warn', config: alwaysAnswered }, async () => ({ status: 'live' }));
    fastify.get('/health/ready', { logLevel: 'warn', config: alwaysAnswered }, async (_request, reply) => {
      try {
        await checkReady();
        return { status: 'ready' };
      } catch (error) {
        reply.log.warn({ err: error }, 'The service is not ready');
        return reply.code(503).send({ status: 'not ready', reason: 'The database does not answer.' });
      }
    });
  };
}
