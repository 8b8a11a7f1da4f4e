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
  /** The root is the category's from now on, whatever folder it is. */
  adoptsRoot: boolean;
  category: CategoryConfig;
  /** All that are configured: their roots may lie in this one's. */
  categories: readonly CategoryConfig[];
  dryRun: boolean;
  limit: number | null;
  /** Null: every file is looked at. */
  shortcut: Shortcut | null;
  /** Every file is looked at this time. */
  full: boolean;
  /** Paths below the root; null: all of it. */
  folders: readonly string[] | null;
  /** A file that was modified so shortly ago is left for a later scan. */
  restMs: number;
  signal: AbortSignal;
  onFiles(count: number, lastPath: string | undefined): void;
  onError(error: ScanError): void;
  /** Hears of what is found, in the order of the paths. */
  onStretch?(plan: PlannedChanges): void;
  /** Takes new files as they are found, where nothing can be known of them but that they are new. */
  storeAtOnce?: (files: readonly ScannedFile[]) => Promise<void>;
}

/** How a category's root differs from what is catalogued. Nothing is decided yet. */
export interface CategorySurvey {
  category: CategoryConfig;
  summary: CategoryScanSummary;
  /** Without those that were stored at once. */
  added: ScannedFile[];
  updated: UpdatedFile[];
  lost: LostItem[];
  walked: WalkSummary;
  /** All of the root was to be looked at. */
  isWhole: boolean;
  /** What the next scan may take a shortcut by; null where it may not. */
  folderNotes: FolderNotes | null;
  /** The folder that was recognised as the root; null where there was none. */
  root: RootIdentity | null;
  /** The root is not there, or is not the one that was scanned before. */
  isOffline: boolean;
  /** Why the absence of a file means nothing; null where it means that the file is gone. */
  doubt: string | null;
  rules: string;
  /** The configuration describes files otherwise than when they were catalogued. */
  describeAgain: boolean;
  startedAt: Date;
  lastCompleteAt: Date | null;
}
