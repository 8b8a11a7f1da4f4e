import type { App } from '../app.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { ScanInput } from '../scan/run-scan.ts';
import type { ScanSummary } from '../scan/scan-summary.ts';
import type { Progress } from './progress-display.ts';

export interface FinishedScan {
  job: JobRecord;
  summary: ScanSummary | null;
}

/** Scans, hears of the progress, and waits until the new items can be searched and their headers are read. */
export async function runScan(
  { jobs, prober, searchIndexer }: Pick<App, 'jobs' | 'prober' | 'searchIndexer'>,
  start: () => Promise<JobRecord>,
  onProgress: (progress: Progress & { jobId: string }) => void,
): Promise<FinishedScan> {
  let job = await start();
  const jobId = job.id;
  for await (const state of jobs.watch(jobId)) {
    job = state;
    onProgress({ jobId, phase: 'Scanning', done: state.progress.done, total: state.progress.total });
  }
  if (!isDryRun(job) && job.status !== 'CANCELLED') {
    await searchIndexer.drain();
    await prober.drain((done) => onProgress({ jobId, phase: 'Reading headers', done, total: null }));
  }
  return { job, summary: job.result as unknown as ScanSummary | null };
}

function isDryRun({ input }: JobRecord): boolean {
  return (input as unknown as ScanInput).dryRun;
}
