import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { createSlots } from '../../base/async/slots.ts';
import { calculateSha256, type CalculationRequest, type Sha256Calculation } from './calculate-sha256.ts';
import { createCataloguedHashes } from './catalogued-hashes.ts';
import type { ConflictStrategy } from './pending-records.ts';
import { createHashHandler, type HashJobOptions } from './run-hash-job.ts';

interface HashRequest {
  /** Legacy ids of pending imports; left out: all of them. */
  ids?: readonly number[] | null | undefined;
  conflictStrategy?: ConflictStrategy;
  limit?: number | null | undefined;
  /** Also media items without a hash. */
  includesMedia?: boolean;
  requestedBy?: string;
}

/** SHA-256 of files, and what follows from it. */
export interface Hashing {
  /**
   * Hashes one file. Throws PathNotAllowedError, FileNotFoundError, FileNotHashableError, ModelConflictError, or the
   * signal's reason; ServiceBusyError where too many are being hashed for somebody.
   */
  calculate(request: CalculationRequest, signal: AbortSignal): Promise<Sha256Calculation>;
  /** Starts a job that hashes what waits for it. Throws InvalidInputError for a limit under 1 or an empty list of ids. */
  start(request: HashRequest): Promise<JobRecord<'HASH'>>;
}

interface HashingOptions extends Omit<HashJobOptions, 'catalogued'> {
  jobs: Pick<Jobs, 'register' | 'start'>;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
}

export function createHashing(options: HashingOptions): Hashing {
  const { database, mediaConfig, hasher, pending, jobs } = options;
  const catalogued = createCataloguedHashes({ database, mediaConfig });
  // Each is a request that waits. Jobs have their own pace.
  const calculations = createSlots(64, 'Calculations of single hashes');
  jobs.register(createHashHandler({ ...options, catalogued }));
  return {
    calculate: (request, signal) =>
      calculations.run(() => calculateSha256({ hasher, catalogued, pending }, request, signal)),
    async start({ ids = null, conflictStrategy = 'REPORT', limit = null, includesMedia = false, requestedBy }) {
      if (limit !== null && limit < 1) {
        throw new InvalidInputError('input.limit', `The limit is ${limit}; it is at least 1, or left out.`);
      }
      if (ids?.length === 0)
        throw new InvalidInputError('input.ids', 'Name at least one, or leave the list out for all.');
      const input = { paths: null, ids: ids && [...ids], conflictStrategy, limit, includesMedia };
      return jobs.start('HASH', input, requestedBy === undefined ? {} : { requestedBy });
    },
  };
}
