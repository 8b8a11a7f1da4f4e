import type { OperatingSettings, TracingSettings } from '../config/operating-settings.ts';
import type { Metrics } from './metrics.ts';
import { observeJobs, observeUpstream, type AroundRequest, type JobObserver } from './observe.ts';
import type { Tracing } from './tracing.ts';

/** What is measured and traced, as far as it is configured. */
export interface Observability {
  metrics: Metrics | null;
  tracing: Tracing | null;
  jobs: JobObserver;
  upstream: AroundRequest;
}

export async function openObservability(
  settings: Pick<OperatingSettings, 'metrics' | 'tracing'>,
): Promise<Observability> {
  const instruments = {
    metrics: settings.metrics ? (await import('./metrics.ts')).createMetrics() : null,
    tracing: await openTracing(settings.tracing),
  };
  return { ...instruments, jobs: observeJobs(instruments), upstream: observeUpstream(instruments) };
}

/** Null where no collector is configured. OpenTelemetry is large, so it is loaded only where it is used. */
async function openTracing(settings: TracingSettings | null): Promise<Tracing | null> {
  if (settings === null) return null;
  const { createOtlpTracing } = await import('./otlp-tracing.ts');
  return createOtlpTracing(settings);
}
