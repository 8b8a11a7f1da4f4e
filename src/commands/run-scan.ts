import type { Library } from '../library/library.ts';
import type { JobRecord } from '../library/jobs/job-record.ts';
import type { ScanSummary } from '../library/scan/scan-summary.ts';
import type { BackgroundLoop } from '../base/async/background-loop.ts';
import type { Progress } from './progress-display.ts';

export interface FinishedScan {
  job: JobRecord<'SCAN'>;
  summary: ScanSummary | null;
}

interface ScanParts extends Pick<Library, 'companions' | 'folderCounter' | 'jobs' | 'prober' | 'searchIndexer'> {
  /** Makes the image proxies of what was found; left out or null where none are wanted. */
  afterScan?: BackgroundLoop | null;
  /** Ends the work that follows the scan, after the step that runs. */
  signal?: AbortSignal;
}

/**
 * Scans, reports the progress, and waits until the new items can be searched, their headers are read and, where they
 * are wanted, their image proxies made.
 */
export async function runScan(
  { companions, folderCounter, jobs, prober, searchIndexer, afterScan = null, signal }: ScanParts,
  start: () => Promise<JobRecord<'SCAN'>>,
  onProgress: (progress: Progress & { jobId: string }) => void,
): Promise<FinishedScan> {
  let job = await start();
  const jobId = job.id;
  for await (const state of jobs.watch(job)) {
    job = state;
    onProgress({ jobId, phase: 'Scanning', done: state.progress.done, total: state.progress.total });
  }
  if (!job.input.dryRun && job.status !== 'CANCELLED') {
    await drain(searchIndexer, signal);
    await drain(folderCounter, signal);
    await drain(prober, signal, (done) => onProgress({ jobId, phase: 'Reading headers', done, total: null }));
    await drain(companions, signal);
    if (afterScan !== null) {
      await drain(afterScan, signal, (done) => onProgress({ jobId, phase: 'Making image proxies', done, total: null }));
    }
  }
  return { job, summary: job.result };
}

async function drain(
  loop: BackgroundLoop,
  signal: AbortSignal | undefined,
  onStep?: (done: number) => void,
): Promise<void> {
  if (signal?.aborted) return;
  const stop = () => void loop.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await loop.drain(onStep);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
