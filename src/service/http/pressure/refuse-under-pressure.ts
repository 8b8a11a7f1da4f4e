import { getHeapStatistics } from 'node:v8';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import type { PressureLimits } from '../../../base/config/operating-settings.ts';
import { ServiceBusyError } from '../../../base/errors/domain-error.ts';

const retryAfterSeconds = 5;

/** The `config` of routes that are answered under pressure too, because they report how the service is. */
export const alwaysAnswered = { pressureHandler: (): undefined => undefined };

export interface Pressure {
  /** Throws ServiceBusyError while the service is under pressure. */
  check(): void;
}

/**
 * Refuses requests, before their bodies are read, while the event loop is late or the memory is nearly used up: a
 * process that answers few requests is more useful than one that the system kills. Requests that are being answered go
 * on.
 */
export async function refuseUnderPressure(host: FastifyInstance, limits: PressureLimits | null): Promise<Pressure> {
  if (limits === null) return { check: () => undefined };
  await host.register(underPressure, {
    maxEventLoopDelay: limits.eventLoopDelayMs,
    maxHeapUsedBytes: (getHeapStatistics().heap_size_limit * limits.heapPercent) / 100,
    maxRssBytes: limits.rssBytes ?? containerLimit(),
    // The plugin handles a rejection, but not an exception.
    pressureHandler: async () => {
      throw overloaded();
    },
  });
  return {
    check() {
      if (host.isUnderPressure()) throw overloaded();
    },
  };
}

function overloaded(): ServiceBusyError {
  return new ServiceBusyError('The service has more to do than it can at the moment.', retryAfterSeconds);
}

/**
 * Returns 90 % of the memory that its cgroup allows the process; 0, which is no limit, where the cgroup sets none or it
 * is unknown.
 */
function containerLimit(): number {
  const bytes = process.constrainedMemory();
  return bytes === undefined || bytes <= 0 || bytes > 2 ** 50 ? 0 : Math.floor(bytes * 0.9);
}
