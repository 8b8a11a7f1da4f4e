import { escapeName } from '../../base/files/escape-name.ts';
import { count } from '../../base/count.ts';
import type { WalkError, WalkSummary } from './walk/walk-entries.ts';
import type { PlannedChanges } from './survey/plan-changes.ts';

/** What a scan did, or for a dry run would do. Stored as the job's result, so dates are text. */
export interface ScanSummary {
  scannedAt: string;
  dryRun: boolean;
  configVersion: number;
  selectedCategories: string[];
  categories: CategoryScanSummary[];
  /** Lines written to the deletions log. */
  loggedMissing: number;
}

export interface CategoryScanSummary {
  category: string;
  rootPath: string;
  /** Files that the patterns accept, those beyond a limit too. */
  filesFound: number;
  /** Files that were compared with the catalogue. */
  filesScanned: number;
  added: number;
  updated: number;
  unchanged: number;
  moved: number;
  missing: number;
  /** The paths of the first missing items from `rootPath`, as `escapeName` writes them. */
  missingPaths: string[];
  /** The first errors. */
  errors: ScanError[];
  limited: boolean;
  /** How many files were left for a later scan, because they may still be written. */
  stillChanging: number;
  dryRun: boolean;
  /** Whether too much would have been lost: nothing was done, and the plan waits for consent. */
  held: boolean;
  rootExists: boolean;
  notes: string[];
}

export interface ScanError {
  path: string;
  code: string;
  message: string;
}

const shownPaths = 25;
const shownErrors = 100;

/** The sums over all scanned categories. */
export interface ScanTotals {
  added: number;
  updated: number;
  unchanged: number;
  moved: number;
  missing: number;
  filesScanned: number;
  filesFound: number;
  categories: number;
  loggedMissing: number;
}

export function sumUp({ categories, loggedMissing }: ScanSummary): ScanTotals {
  const sum = (of: (category: CategoryScanSummary) => number) =>
    categories.reduce((total, category) => total + of(category), 0);
  return {
    added: sum(({ added }) => added),
    updated: sum(({ updated }) => updated),
    unchanged: sum(({ unchanged }) => unchanged),
    moved: sum(({ moved }) => moved),
    missing: sum(({ missing }) => missing),
    filesScanned: sum(({ filesScanned }) => filesScanned),
    filesFound: sum(({ filesFound }) => filesFound),
    categories: categories.length,
    loggedMissing,
  };
}

export function startCategorySummary(category: string, rootPath: string, dryRun: boolean): CategoryScanSummary {
  return {
    category,
    rootPath,
    filesFound: 0,
    filesScanned: 0,
    added: 0,
    updated: 0,
    unchanged: 0,
    moved: 0,
    missing: 0,
    missingPaths: [],
    errors: [],
    limited: false,
    stillChanging: 0,
    dryRun,
    held: false,
    rootExists: true,
    notes: [],
  };
}

/** Counts the files that were looked at; additions and losses are counted when the plan is made. */
export function countStretch(summary: CategoryScanSummary, stretch: PlannedChanges): void {
  summary.unchanged += stretch.unchanged;
  summary.filesScanned += stretch.added.length + stretch.updated.length + stretch.unchanged;
  for (const error of stretch.errors) if (error.code !== 'STILL_CHANGING') addError(summary, error);
}

export function addError(summary: CategoryScanSummary, { path, code, message }: WalkError | ScanError): void {
  if (summary.errors.length < shownErrors) summary.errors.push({ path, code, message });
}

/** Begins a note on items whose files were not found, and that stay as they are. */
export function notFound(number: number): string {
  return number === 1
    ? '1 catalogued file was not found and was not marked missing'
    : `${number} catalogued files were not found and were not marked missing`;
}

export function countMissing(summary: CategoryScanSummary, relativePaths: readonly string[]): void {
  summary.missing += relativePaths.length;
  const shown = relativePaths.slice(0, shownPaths - summary.missingPaths.length);
  summary.missingPaths.push(...shown.map(escapeName));
}

/** Adds what is known only at the end of a walk, with notes that say in words what it means. */
export function closeCategorySummary(summary: CategoryScanSummary, walk: WalkSummary): void {
  summary.filesFound = walk.filesFound;
  summary.limited = walk.limited;
  summary.stillChanging = walk.stillChanging;
  summary.rootExists = walk.rootState !== 'missing';
  if (walk.limited) summary.notes.push(`processing limited to first ${count(summary.filesScanned, 'file')}`);
  if (walk.stillChanging > 0) {
    const are = walk.stillChanging === 1 ? 'is' : 'are';
    summary.notes.push(`${count(walk.stillChanging, 'file')} may still be written and ${are} left for a later scan`);
  }
  if (walk.foldersUnchanged > 0) {
    const isOne = walk.foldersUnchanged === 1;
    summary.notes.push(
      `${count(walk.foldersUnchanged, 'folder')} ${isOne ? 'has' : 'have'} not changed: ${isOne ? 'its' : 'their'} files were not looked at one by one`,
    );
  }
  if (walk.linksNotFollowed > 0) {
    summary.notes.push(
      walk.linksNotFollowed === 1
        ? '1 symbolic link leads back to a folder that is scanned elsewhere and was not followed'
        : `${walk.linksNotFollowed} symbolic links lead back to folders that are scanned elsewhere and were not followed`,
    );
  }
  if (walk.specialFilesSkipped > 0) {
    const skipped = walk.specialFilesSkipped;
    summary.notes.push(
      skipped === 1 ? '1 socket, FIFO or device was skipped' : `${skipped} sockets, FIFOs or devices were skipped`,
    );
  }
}
