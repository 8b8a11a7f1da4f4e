import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { Database } from '../../../base/database/database.ts';
import type { ScannedFile } from '../../metadata/describe-file.ts';
import type { FolderNotes, Shortcut } from './folder-notes.ts';
import type { LostItem, PlannedChanges, UpdatedFile } from './plan-changes.ts';
import type { RootIdentity } from '../../roots/recognise-root.ts';
import type { Roots } from '../../roots/roots.ts';
import type { CategoryScanSummary, ScanError } from '../scan-summary.ts';
import type { WalkPool } from '../walk/walk-category.ts';
import type { WalkSummary } from '../walk/walk-entries.ts';

export interface SurveyOptions {
  database: Database;
  pool: WalkPool;
  roots: Pick<Roots, 'recognise'>;
  /** Whether the folder at the root is the category's from now on, whatever it was before. */
  adoptsRoot: boolean;
  category: CategoryConfig;
  /** All configured categories: their roots may lie in this one's. */
  categories: readonly CategoryConfig[];
  dryRun: boolean;
  limit: number | null;
  /** Null where every file is always looked at. */
  shortcut: Shortcut | null;
  /** Whether every file is looked at this time. */
  full: boolean;
  /** The places to survey, as paths below the root; null: all of it. */
  places: readonly string[] | null;
  /** A file that was modified so shortly ago is left for a later scan. */
  restMs: number;
  signal: AbortSignal;
  onFiles(count: number, lastPath: string | undefined): void;
  onError(error: ScanError): void;
  /** Gets what is found, in the order of the paths. */
  onStretch?(stretch: PlannedChanges): void;
  /** Stores new files as they are found; given where the catalogue is empty, so that all files are new. */
  storeAtOnce?: (files: readonly ScannedFile[]) => Promise<void>;
}

/** How a category's root differs from the catalogue; what to do about it is decided by the plan. */
export interface CategorySurvey {
  category: CategoryConfig;
  summary: CategoryScanSummary;
  /** The new files without those that were stored at once. */
  added: ScannedFile[];
  updated: UpdatedFile[];
  lost: LostItem[];
  walked: WalkSummary;
  /** Whether all of the root was to be looked at. */
  isWhole: boolean;
  /** Notes with which the next scan may take a shortcut; null where it may not. */
  folderNotes: FolderNotes | null;
  /** The folder that was recognised as the root; null where there was none. */
  root: RootIdentity | null;
  /** Whether the root is absent, or is not the one that was scanned before. */
  isOffline: boolean;
  /** Why the absence of a file means nothing; null where it means that the file is gone. */
  doubt: string | null;
  rules: string;
  /** Whether the category's rules for describing files changed since they were catalogued. */
  describeAgain: boolean;
  startedAt: Date;
  lastCompleteAt: Date | null;
}
