import { DomainError } from '../errors/domain-error.ts';
import type { Metrics } from './metrics.ts';
import type { Tracing } from './tracing.ts';

interface Instruments {
  metrics: Metrics | null;
  tracing: Tracing | null;
}

/** Goes around each request to copyparty, to the head of its answer; it returns and throws what `ask` does. */
export type AroundRequest = <T>(method: string, ask: () => Promise<T>) => Promise<T>;

/**
 * Measures and traces requests to copyparty. They carry no trace headers: copyparty gets only our own words (ADR 16).
 */
export function observeUpstream({ metrics, tracing }: Instruments): AroundRequest {
  return async (method, ask) => {
    const startedAt = performance.now();
    const countAnswer = (outcome: string) =>
      metrics?.upstreamAnswered({ method, outcome, seconds: (performance.now() - startedAt) / 1000 });
    try {
      const attributes = { 'http.request.method': method, 'peer.service': 'copyparty' };
      const answer = await (tracing ? tracing.span(`copyparty ${method}`, 'client', attributes, ask) : ask());
      countAnswer('ok');
      return answer;
    } catch (error) {
      countAnswer(error instanceof DomainError ? error.code : 'ABORTED');
      throw error;
    }
  };
}

/** Goes around the work of a job, and is notified of its end. */
export interface JobObserver {
  around<T>(job: { kind: string; id: string }, run: () => Promise<T>): Promise<T>;
  ended(job: { kind: string; status: string; seconds: number }): void;
}

export function observeJobs({ metrics, tracing }: Instruments): JobObserver {
  return {
    around: ({ kind, id }, run) =>
      tracing ? tracing.span(`job ${kind}`, 'internal', { 'job.id': id, 'job.kind': kind }, run) : run(),
    ended: (job) => metrics?.jobEnded(job),
  };
}
