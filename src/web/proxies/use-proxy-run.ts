import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { execute } from '../api/execute.ts';
import { useOperation } from '../api/use-operation.ts';
import type { CreateImageProxiesInput, ProxyReportQuery } from '../generated/graphql.ts';
import { isEnded, type Job } from '../jobs/job-facts.ts';
import { startedJob } from '../jobs/job-toast.ts';
import { useJob } from '../jobs/use-job.ts';
import { ProxyReportDocument, StartProxiesDocument } from './documents.ts';

type ProxyReport = NonNullable<Extract<ProxyReportQuery['job'], { report?: unknown }>['report']>;

interface ProxyRun {
  /** Null while none was started. */
  job: Job | null;
  isBusy: boolean;
  /** What came of it, once it has ended. */
  report: ProxyReport | null;
  error: Error | null;
  start: (input: CreateImageProxiesInput) => void;
}

/** A batch of image proxies, or a look at what one would do, from its start to its report. */
export function useProxyRun(): ProxyRun {
  const [id, setId] = useState<string | null>(null);
  const client = useQueryClient();
  const starting = useMutation({
    mutationFn: async (input: CreateImageProxiesInput) =>
      startedJob((await execute(StartProxiesDocument, { input })).result),
    onSuccess(job) {
      setId(job.id);
      void client.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
  const { job = null, error } = useJob(id);
  const hasEnded = job !== null && isEnded(job);
  const { data } = useOperation(ProxyReportDocument, { id: id ?? '' }, { enabled: hasEnded, staleTime: Infinity });
  const report = data?.job && 'report' in data.job ? (data.job.report ?? null) : null;
  return {
    job,
    isBusy: starting.isPending || (id !== null && !hasEnded),
    report: hasEnded ? report : null,
    error: starting.error ?? error,
    start: (input) => starting.mutate(input),
  };
}
