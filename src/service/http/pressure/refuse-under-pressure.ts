import { getHeapStatistics } from 'node:v8';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import type { PressureLimits } from '../../../base/config/operating-settings.ts';
import { ServiceBusyError } from '../../../base/errors/domain-error.ts';

const retryAfterSeconds = 5;

/** In the `config` of a route that is to be answered all the same: what asks how the service is. */
export const alwaysAnswered = { pressureHandler: (): undefined => undefined };

export interface Pressure {
  /** Throws ServiceBusyError while there is too much. */
  check(): void;
}

/**
 * Refuses requests, before anything of them is read, while the event loop is late or the memory is all but used up: a
 * process that answers few is of more use than one that the system ends. What is being answered goes on.
 */
export async function refuseUnderPressure(host: FastifyInstance, limits: PressureLimits | null): Promise<Pressure> {
  if (limits === null) return { check: () => undefined };
  await host.register(underPressure, {
    maxEventLoopDelay: limits.eventLoopDelayMs,
    maxHeapUsedBytes: (getHeapStatistics().heap_size_limit * limits.heapPercent) / 100,
    maxRssBytes: limits.rssBytes ?? containerLimit(),
    // Rejected and not thrown, which it would not take.
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

/** 90 % of what the process may use by its cgroup; 0, which is no limit, where that is all of the machine's or unknown. */
function containerLimit(): number {
  const bytes = process.constrainedMemory();
  return bytes === undefined || bytes <= 0 || bytes > 2 ** 50 ? 0 : Math.floor(bytes * 0.9);
}
