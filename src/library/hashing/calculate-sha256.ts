import { DomainError } from '../../base/errors/domain-error.ts';
import type { CataloguedHashes } from './catalogued-hashes.ts';
import type { Hasher } from './hasher.ts';
import type { ConflictStrategy, PendingRecords } from './pending-records.ts';
import { settlePictures } from './settle-pictures.ts';

export interface CalculationRequest {
  path: string;
  /** PENDING also completes the pending record of that file; IGNORE only hashes. */
  pendingStatus: 'PENDING' | 'IGNORE';
  conflictStrategy: ConflictStrategy;
}

export interface Sha256Calculation {
  sha256: string;
  sizeBytes: number;
  /** Whether a pending record became a model record, or joined one. */
  migrated: boolean;
  mediaId: number | null;
}

/** A pending record has the hash of an existing model record; nothing was changed. */
export class ModelConflictError extends DomainError {
  readonly code = 'MODEL_CONFLICT';
  readonly httpStatus = 500;
  readonly sha256: string;
  readonly pendingId: number;

  constructor(sha256: string, pendingId: number) {
    super(
      `The pending import ${pendingId} has the hash ${sha256}, which a model record has already. ` +
        'Choose what is to happen by conflictStrategy: IGNORE, DELETE, MERGE or OVERRIDE.',
    );
    this.sha256 = sha256;
    this.pendingId = pendingId;
  }
}

interface CalculationOptions {
  hasher: Pick<Hasher, 'hash'>;
  catalogued: Pick<CataloguedHashes, 'record'>;
  pending: Pick<PendingRecords, 'settle' | 'settlePictures'>;
}

/**
 * Hashes one file, stores the hash of the item at that path and, if `pendingStatus` says so, completes the pending
 * record. Throws ModelConflictError, what `hash` throws, and StorageError or ServiceBusyError where the database
 * refuses the write; then the record is as it was.
 */
export async function calculateSha256(
  { hasher, catalogued, pending }: CalculationOptions,
  { path, pendingStatus, conflictStrategy }: CalculationRequest,
  signal: AbortSignal,
): Promise<Sha256Calculation> {
  const hashed = { ...(await hasher.hash(path, signal)), path };
  const media = await catalogued.record([hashed]);
  const { sha256, sizeBytes } = hashed;
  const answer = { sha256, sizeBytes, mediaId: media.get(path)?.id ?? null };
  if (pendingStatus === 'IGNORE') return { ...answer, migrated: false };
  const settlement = await pending.settle(hashed, conflictStrategy);
  if (settlement.outcome === 'CONFLICT') throw new ModelConflictError(sha256, settlement.pendingId);
  if (settlement.outcome === 'MIGRATED' || settlement.outcome === 'DELETED') await settlePictures(pending);
  return { ...answer, migrated: settlement.outcome === 'MIGRATED' };
}
