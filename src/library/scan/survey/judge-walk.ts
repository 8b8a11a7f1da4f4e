import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { Recognition } from '../../roots/recognise-root.ts';
import type { ScanError } from '../scan-summary.ts';
import type { WalkSummary } from '../walk/walk-entries.ts';

/** Says why the absence of a file means nothing after this walk; null where it means that the file is gone. */
export function doubtAbout(walked: WalkSummary, root: Recognition, lostCount: number): string | null {
  if (walked.rootState === 'missing') return 'the root folder does not exist';
  if (walked.rootState === 'unreadable') return 'the root folder cannot be read';
  if (root.state === 'OFFLINE') return `the category is offline, ${root.reason}`;
  if (walked.cancelled) return 'the scan was stopped before its end';
  if (walked.limited) return 'the scan was limited';
  // An empty folder without a marker may be an unmounted disk.
  if (walked.filesFound === 0 && lostCount > 0 && !root.isCertain) {
    return 'the root folder has none at all: it may be an unmounted disk';
  }
  return null;
}

/** Whether what a survey did not find does not exist: all of the root was looked at, without errors. */
export function sawEverything({
  isWhole,
  doubt,
  walked,
}: {
  isWhole: boolean;
  doubt: string | null;
  walked: WalkSummary;
}): boolean {
  return isWhole && doubt === null && walked.errorCount === 0 && walked.stillChanging === 0;
}

/** Describes what is wrong with the root itself, as an error of the scan. */
export function rootError(
  { rootPath }: Pick<CategoryConfig, 'rootPath'>,
  { rootState }: WalkSummary,
  root: Recognition,
): ScanError | null {
  const error = (code: string, what: string) => ({
    path: rootPath,
    code,
    message: `The root folder ${rootPath} ${what}`,
  });
  if (rootState === 'missing') {
    return error('root_path_missing', 'does not exist. Mount its disk, or correct root_path in the configuration.');
  }
  if (rootState === 'unreadable') {
    return error('root_path_unreadable', "cannot be read. Give the service's user permission to read and search it.");
  }
  if (root.state === 'ONLINE') return null;
  return error('root_offline', `is not the one that was scanned: ${root.reason}. ${adoption}`);
}

const adoption = 'Mount its disk; or, if this is its folder from now on, scan it with `adoptRoot`.';
