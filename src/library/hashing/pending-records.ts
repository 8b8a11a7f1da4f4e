import type { HashedPath } from './hasher.ts';

/** What to do with a pending record where there is a model record with its hash already. */
export type ConflictStrategy = 'REPORT' | 'IGNORE' | 'DELETE' | 'MERGE' | 'OVERRIDE';

export type Settlement =
  /** There is no pending record at that path. */
  | { outcome: 'NONE' }
  /** It became a model record, or joined one. */
  | { outcome: 'MIGRATED'; pendingId: number }
  /** It went, and the model record that was there stays as it was. */
  | { outcome: 'DELETED'; pendingId: number }
  /** It stays, and remembers its hash. */
  | { outcome: 'IGNORED'; pendingId: number }
  /** Nothing was changed. */
  | { outcome: 'CONFLICT'; pendingId: number };

/** What hashing needs of the records that wait for hashes. */
export interface PendingRecords {
  /** Completes the pending record of the file at that path, or at the path without its links. */
  settle(hashed: HashedPath & { path: string }, strategy: ConflictStrategy): Promise<Settlement>;
  /**
   * Waits until the pictures of what was settled are where they belong. Throws what kept any of them from it, such as
   * StorageError, also one that was settled by somebody else; they are tried again after the next settlement or start.
   */
  settlePictures(): Promise<void>;
  /** Those of the paths that a pending record is at. */
  among(paths: readonly string[]): Promise<Set<string>>;
  /** A page of them after the one with that id, in the order of their ids; with `ids`, of those alone. */
  page(after: number, limit: number, ids: readonly number[] | null): Promise<{ id: number; path: string }[]>;
}
