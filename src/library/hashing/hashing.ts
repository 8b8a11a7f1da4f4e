import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { freezeSelection, type MediaSelection } from '../catalogue/media-selection.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { createSlots } from '../../base/async/slots.ts';
import { calculateSha256, type CalculationRequest, type Sha256Calculation } from './calculate-sha256.ts';
import { createCataloguedHashes } from './catalogued-hashes.ts';
import type { ConflictStrategy } from './pending-records.ts';
import { createHashHandler, type HashJobOptions } from './run-hash-job.ts';

interface HashRequest {
  /** Legacy ids of pending imports; all of them where it is left out. */
  ids?: readonly number[] | null | undefined;
  conflictStrategy?: ConflictStrategy;
  limit?: number | null | undefined;
  /** Whether media items without a hash are hashed too. */
  includesMedia?: boolean;
  requestedBy?: string | undefined;
}

/** Hashes files, and settles what waits for their hashes. */
export interface Hashing {
  /**
   * Hashes one file. Throws PathNotAllowedError, FileNotFoundError, FileNotHashableError, ModelConflictError, or the
   * signal's reason; ServiceBusyError where too many calls wait for a hash.
   */
  calculate(request: CalculationRequest, signal: AbortSignal): Promise<Sha256Calculation>;
  /**
   * Hashes one file and stores the hash of the item at that path; `isStored` is false where there is none, or where its
   * file is another than the one that was scanned. Throws what the hasher throws, StorageError or ServiceBusyError.
   */
  hashItem(path: string, signal: AbortSignal): Promise<{ sha256: string; isStored: boolean }>;
  /**
   * Starts a job that hashes the files without a hash. Throws InvalidInputError for a limit under 1 or an empty list of
   * ids.
   */
  start(request: HashRequest): Promise<JobRecord<'HASH'>>;
  /**
   * Starts a job that hashes the files of available media items, as far as they have no hash. Throws InvalidInputError and
   * UnknownCategoryError.
   */
  startMedia(selection: MediaSelection, by: Pick<HashRequest, 'requestedBy'>): Promise<JobRecord<'HASH'>>;
}

interface HashingOptions extends Omit<HashJobOptions, 'catalogued'> {
  jobs: Pick<Jobs, 'register' | 'start'>;
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>;
  /** Called when hashes of media items were stored. */
  onHashed?: () => void;
}

export function createHashing(options: HashingOptions): Hashing {
  const { database, mediaConfig, hasher, pending, jobs } = options;
  const catalogued = createCataloguedHashes({ database, mediaConfig, onHashed: options.onHashed });
  // Each calculation is a request that waits. Jobs have a limit of their own.
  const calculations = createSlots(64, 'Calculations of single hashes');
  jobs.register(createHashHandler({ ...options, catalogued }));
  return {
    calculate: (request, signal) =>
      calculations.run(() => calculateSha256({ hasher, catalogued, pending }, request, signal)),
    async hashItem(path, signal) {
      const hashed = await hasher.hash(path, signal);
      const items = await catalogued.record([{ ...hashed, path }]);
      return { sha256: hashed.sha256, isStored: items.get(path)?.hasHash ?? false };
    },
    async start({ ids = null, conflictStrategy = 'REPORT', limit = null, includesMedia = false, requestedBy }) {
      if (limit !== null && limit < 1) {
        throw new InvalidInputError('input.limit', `The limit is ${limit}; it is at least 1, or left out.`);
      }
      if (ids?.length === 0)
        throw new InvalidInputError('input.ids', 'Name at least one, or leave the list out for all.');
      const input = { paths: null, ids: ids && [...ids], conflictStrategy, limit, includesMedia };
      return jobs.start('HASH', input, { requestedBy });
    },
    async startMedia(selection, by) {
      const configured = mediaConfig.current().categories.map(({ key }) => key);
      const frozen = await freezeSelection(database, configured, selection);
      const all = { paths: null, ids: null, limit: null, includesMedia: true, conflictStrategy: 'REPORT' as const };
      return jobs.start('HASH', { ...all, selection: frozen }, by);
    },
  };
}
