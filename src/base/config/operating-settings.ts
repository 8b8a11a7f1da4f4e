import type { Environment } from './settings-schema.ts';

/** What the service does under load, and what it reports of itself. */
export interface OperatingSettings {
  /** Null: requests are answered whatever it costs. */
  pressure: PressureLimits | null;
  /** Limits of what goes on at once; what comes beyond is answered with 503 at once. */
  maxAtOnce: { uploads: number; archives: number; subscriptions: number };
  /** Whether there is `/metrics`. */
  metrics: boolean;
  /** Lets whoever sends it read the metrics, and nothing else. Absent: administrators alone do. */
  metricsToken?: string;
  /** Null: nothing is traced. */
  tracing: TracingSettings | null;
}

/** Beyond these, requests are answered with 503. */
export interface PressureLimits {
  /** Mean of a second. */
  eventLoopDelayMs: number;
  /** The share of what Node may use for objects. */
  heapPercent: number;
  /** All memory of the process. Absent: 90 % of what its container has, and without one no limit. */
  rssBytes?: number;
}

export interface TracingSettings {
  /** The address of a collector that speaks OTLP over HTTP; spans go to `/v1/traces` below it. */
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
