import type { OperatingSettings } from '../config/operating-settings.ts';
import type { Metrics } from './metrics.ts';
import { observeJobs, observeUpstream, type AroundRequest, type JobObserver } from './observe.ts';
import { openTracing, type Tracing } from './tracing.ts';

/** How the service is seen from outside, as far as it is configured. */
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
