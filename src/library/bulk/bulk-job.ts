import type { FrozenSelection } from '../catalogue/media-selection.ts';

/** What is changed on each item. A field that is left out stays. */
export interface ManyChanges {
  addTags?: readonly string[] | null | undefined;
  removeTags?: readonly string[] | null | undefined;
  /** Null is false. */
  favourite?: boolean | null | undefined;
  /** 1 to 5; null takes it away. */
  rating?: number | null | undefined;
  /** The key of the category to show it under; null returns to that of its root. */
  category?: string | null | undefined;
}

export type BulkAction =
  | { type: 'UPDATE'; changes: ManyChanges }
  /** All items that the job hides are deleted at this moment, by which they are known again. */
  | { type: 'HIDE'; hiddenAt: string }
  /** With a moment, only what was hidden at it is restored. */
  | { type: 'RESTORE'; hiddenAt: string | null }
  /** For good; with `removeFiles`, their files too. */
  | { type: 'DELETE'; removeFiles: boolean };

interface BulkInput {
  action: BulkAction;
  selection: FrozenSelection;
}

export interface BulkReport {
  changed: number;
  /** Items that were as wanted already. */
  unchanged: number;
  failed: number;
}

declare module '../jobs/job-record.ts' {
  interface JobKinds {
    BULK: { input: BulkInput; result: BulkReport };
  }
}

/** What became of some items; each is in one of the three. */
export interface BatchOutcome {
  changed: ChangedItem[];
  unchanged: number;
  failed: FailedItem[];
}

export interface ChangedItem {
  id: number;
  /** The category whose root holds its file. */
  rootCategory: string;
}

export interface FailedItem {
  id: number;
  code: string;
  message: string;
}
