import type { HashedPath } from './hasher.ts';

/** What to do with a pending record where a model record has its hash already. */
export type ConflictStrategy = 'REPORT' | 'IGNORE' | 'DELETE' | 'MERGE' | 'OVERRIDE';

export type Settlement =
  /** There is no pending record at that path. */
  | { outcome: 'NONE' }
  /** The pending record became a model record, or joined one. */
  | { outcome: 'MIGRATED'; pendingId: number }
  /** The pending record was removed; the existing model record stays as it was. */
  | { outcome: 'DELETED'; pendingId: number }
  /** The pending record stays, and its hash is stored in it. */
  | { outcome: 'IGNORED'; pendingId: number }
  /** Nothing was changed. */
  | { outcome: 'CONFLICT'; pendingId: number };

/** The operations that hashing needs on the records that wait for hashes. */
export interface PendingRecords {
  /** Completes the pending record of the file at that path, or at the path without its links. */
  settle(hashed: HashedPath & { path: string }, strategy: ConflictStrategy): Promise<Settlement>;
  /**
   * Waits until the pictures of settled records are where they belong. Throws what kept any of them from it, such as
   * StorageError, also for records that another caller settled; they are tried again after the next settlement or
   * start.
   */
  settlePictures(): Promise<void>;
  /** Returns those of the paths that belong to a pending record. */
  among(paths: readonly string[]): Promise<Set<string>>;
  /**
   * Returns a page of pending records after the one with the id `after`, in the order of their ids; with `ids`, only
   * those.
   */
  page(after: number, limit: number, ids: readonly number[] | null): Promise<{ id: number; path: string }[]>;
}
