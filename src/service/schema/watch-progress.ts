import { JobNotFoundError } from '../../library/jobs/job-errors.ts';
import type { JobKind, JobRecord } from '../../library/jobs/job-record.ts';
import { jobIdOf } from './job-types.ts';
import type { Jobs } from '../../library/jobs/jobs.ts';

/** Follows, for a subscription, all jobs of a kind, or the one with that public ID. Throws JobNotFoundError. */
export async function watchProgress<Kind extends JobKind>(
  { jobs, signal }: { jobs: Pick<Jobs, 'find' | 'watch' | 'watchKind'>; signal: AbortSignal },
  kind: Kind,
  publicId: string | null | undefined,
): Promise<AsyncIterableIterator<JobRecord<Kind>, void, void>> {
  if (publicId === null || publicId === undefined) return jobs.watchKind(kind, signal);
  const id = jobIdOf(publicId);
  const job = id === null ? null : await jobs.find({ id, kind });
  // Thrown here, the error is the answer to the operation; thrown by the first state, it would break the stream.
  if (job === null) throw new JobNotFoundError(publicId);
  return jobs.watch(job, signal);
}
