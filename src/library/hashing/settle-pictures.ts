import { DomainError } from '../../base/errors/domain-error.ts';
import type { PendingRecords } from './pending-records.ts';

/**
 * Waits for the pictures of settled records. Returns the error that kept any of them from where they belong, or null:
 * the records are settled all the same, and those pictures are tried again.
 */
export async function settlePictures(pending: Pick<PendingRecords, 'settlePictures'>): Promise<DomainError | null> {
  try {
    await pending.settlePictures();
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error;
  }
}
