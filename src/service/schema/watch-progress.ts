import { JobNotFoundError } from '../../library/jobs/job-errors.ts';
import type { JobKind, JobRecord } from '../../library/jobs/job-record.ts';
import { jobIdOf } from './job-types.ts';
import type { Jobs } from '../../library/jobs/jobs.ts';

/** The jobs of one kind, or one of them, by its public ID, for a subscription. */
export async function watchProgress(
  { jobs, signal }: { jobs: Pick<Jobs, 'find' | 'watch' | 'watchKind'>; signal: AbortSignal },
  kind: JobKind,
  publicId: string | null | undefined,
): Promise<AsyncIterableIterator<JobRecord, void, void>> {
  if (publicId === null || publicId === undefined) return jobs.watchKind(kind, signal);
  const id = jobIdOf(publicId);
  const job = id === null ? null : await jobs.find(id);
  // Told now it is the answer to the operation; told by the first state it would break the stream.
  if (job?.kind !== kind) throw new JobNotFoundError(publicId);
  return jobs.watch(job.id, signal);
}
