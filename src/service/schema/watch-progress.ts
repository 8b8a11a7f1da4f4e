import { JobNotFoundError } from '../../library/jobs/job-errors.ts';
import type { JobKind, JobRecord } from '../../library/jobs/job-record.ts';
import { jobIdOf } from './job-types.ts';
import type { Jobs } from '../../library/jobs/jobs.ts';

/** The jobs of one kind, or one of them, by its public ID, for a subscription. */
export async function watchProgress<Kind extends JobKind>(
  { jobs, signal }: { jobs: Pick<Jobs, 'find' | 'watch' | 'watchKind'>; signal: AbortSignal },
  kind: Kind,
  publicId: string | null | undefined,
): Promise<AsyncIterableIterator<JobRecord<Kind>, void, void>> {
  if (publicId === null || publicId === undefined) return jobs.watchKind(kind, signal);
  const id = jobIdOf(publicId);
  const job = id === null ? null : await jobs.find({ id, kind });
  // Told now it is the answer to the operation; told by the first state it would break the stream.
  if (job === null) throw new JobNotFoundError(publicId);
  return jobs.watch(job, signal);
}
