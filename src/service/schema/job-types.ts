import { decodePublicId } from '../../base/public-id.ts';
import type { JobKind } from '../../library/jobs/job-record.ts';

/** The GraphQL type of each kind of job; the public IDs of its jobs begin with it. */
export const jobTypeNames: Record<JobKind, string> = {
  SCAN: 'ScanJob',
  IMAGE_PROXY: 'ImageProxyJob',
  LEGACY_MIGRATION: 'LegacyMigrationJob',
  HASH: 'HashJob',
  BULK: 'BulkJob',
};

/** Returns the internal ID of the job with that public ID; null where the ID is not a job's. */
export function jobIdOf(publicId: string): string | null {
  try {
    const { typename, id } = decodePublicId(publicId);
    return Object.values(jobTypeNames).includes(typename) ? id : null;
  } catch {
    return null; // not an ID of this service: there is no job with it, which is what the caller reports
  }
}
