import type { Environment } from './settings-schema.ts';

/** What the service does under load, and what it reports about itself. */
export interface OperatingSettings {
  /** Null: requests are answered whatever it costs. */
  pressure: PressureLimits | null;
  /** The most of each at a time; a request beyond that is answered with 503 at once. */
  maxAtOnce: { uploads: number; archives: number; subscriptions: number };
  /** Whether there is `/metrics`. */
  metrics: boolean;
  /** Lets whoever sends it read the metrics, and nothing else. Absent: only administrators may read them. */
  metricsToken?: string;
  /** Null: nothing is traced. */
  tracing: TracingSettings | null;
}

/** Requests are answered with 503 while one of these limits is exceeded. */
export interface PressureLimits {
  /** Mean over a second. */
  eventLoopDelayMs: number;
  /** Share of the heap that Node may use for objects. */
  heapPercent: number;
  /** All memory of the process. Absent: 90 % of what its container has, and no limit without a container. */
  rssBytes?: number;
}

export interface TracingSettings {
  /** URL of a collector that speaks OTLP over HTTP; spans go to `/v1/traces` below it. */
  endpoint: string;
  serviceName: string;
}

export function readOperatingSettings(given: Environment): OperatingSettings {
  const { METRICS_TOKEN: metricsToken, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = given;
  const { PRESSURE_MAX_RSS_BYTES: rssBytes } = given;
  return {
    pressure: given.PRESSURE
      ? {
          eventLoopDelayMs: given.PRESSURE_MAX_EVENT_LOOP_DELAY_MS,
          heapPercent: given.PRESSURE_MAX_HEAP_PERCENT,
          ...(rssBytes !== undefined && { rssBytes }),
        }
      : null,
    maxAtOnce: {
      uploads: given.UPLOADS_AT_ONCE,
      archives: given.ARCHIVES_AT_ONCE,
      subscriptions: given.SUBSCRIPTIONS_AT_ONCE,
    },
    metrics: given.METRICS,
    ...(metricsToken !== undefined && { metricsToken }),
    tracing: endpoint === undefined ? null : { endpoint, serviceName: given.OTEL_SERVICE_NAME },
  };
}
