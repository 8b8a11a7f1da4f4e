import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { execute } from '../api/execute.ts';
import type { MediaSelection } from '../generated/graphql.ts';
import { asOne } from '../jobs/as-one.ts';
import { followJob } from '../jobs/follow-job.ts';
import { isEnded, type Job } from '../jobs/job-facts.ts';
import { startedJob } from '../jobs/job-toast.ts';
import { StartProxiesDocument } from '../proxies/documents.ts';

type ProxyReport = NonNullable<Extract<Job, { __typename: 'ImageProxyJob' }>['proxyReport']>;

interface ProxyLook {
  /** What a run would do, once all parts were looked at. */
  report: ProxyReport | null;
  done: number;
  /** Null while it is not known. */
  total: number | null;
  error: Error | null;
}

/** Looks at what a run would make of all parts of a selection, which stay as they are; anew for another profile, and for `force`. */
export function useProxyLook(selections: readonly MediaSelection[], profile: string, force: boolean): ProxyLook {
  const [jobs, setJobs] = useState<readonly Job[]>([]);
  const [error, setError] = useState<Error | null>(null);
  const client = useQueryClient();
  useEffect(() => {
    let isOver = false;
    const stops: (() => void)[] = [];
    const note = (job: Job) => {
      if (!isOver) setJobs((before) => [...before.filter(({ id }) => id !== job.id), job]);
    };
    const look = async () => {
      for (const selection of selections) {
        const input = { selection, profile, force, dryRun: true };
        const job = startedJob((await execute(StartProxiesDocument, { input })).result);
        if (isOver) return;
        note(job);
        stops.push(followJob(job.id, (state) => state !== null && note(state)));
      }
      void client.invalidateQueries({ queryKey: ['jobs'] });
    };
    setJobs([]);
    setError(null);
    look().catch((failure: unknown) => {
      if (!isOver) setError(failure instanceof Error ? failure : new Error(String(failure)));
    });
    return () => {
      isOver = true;
      for (const stop of stops) stop();
    };
    // The selection of an open dialog stays; its object is made anew with each rendering.
  }, [profile, force]);
  const all = asOne(jobs);
  const hasEnded = jobs.length === selections.length && jobs.every(isEnded);
  const isKnown = jobs.length === selections.length && jobs.every(({ progress }) => typeof progress.total === 'number');
  return {
    report: (hasEnded && all?.__typename === 'ImageProxyJob' && all.proxyReport) || null,
    done: jobs.reduce((sum, { progress }) => sum + progress.done, 0),
    total: isKnown ? jobs.reduce((sum, { progress }) => sum + (progress.total ?? 0), 0) : null,
    error,
  };
}
