import { readFile } from 'node:fs/promises';
import { orAfter } from '../base/async/or-after.ts';
import type { Settings } from '../base/config/settings.ts';
import { countWatchedFolders, type RootToWatch } from '../library/scan/watch/count-watched-folders.ts';

interface WatchRiskOptions {
  settings: Pick<Settings, 'watch'>;
  categories: readonly RootToWatch[];
  /** Returns how many folders the system lets a user watch; null where it has no such limit. */
  readLimit?: () => Promise<number | null>;
}

/** A share may not answer, and a million folders take a while: what was counted until then is compared. */
const patienceMs = 10_000;

/** Finds that the system does not let as many folders be watched as the roots have, in a sentence that says what to do. */
export async function findWatchRisk({
  settings,
  categories,
  readLimit = readInotifyLimit,
}: WatchRiskOptions): Promise<string[]> {
  const limit = settings.watch === null ? null : await readLimit();
  if (limit === null) return [];
  const patience = new AbortController();
  const counting = countWatchedFolders(categories, limit + 1, patience.signal);
  const folders = await orAfter(counting, patienceMs, 0).finally(() => patience.abort());
  if (folders <= limit) return [];
  return [
    `WATCH=on watches every folder of the roots, and the system lets a user watch ${limit} of them, which is too few: ` +
      'roots that do not fit are not watched. Raise fs.inotify.max_user_watches, such as with a line ' +
      `"fs.inotify.max_user_watches = ${roomFor(limit)}" in /etc/sysctl.d, or turn WATCH off.`,
  ];
}

/** The largest limit that kernels choose by themselves, or more; a watch takes about a kilobyte where it is used. */
function roomFor(limit: number): number {
  return Math.max(2 ** 20, 4 * limit);
}

/** Only Linux has it; others watch a folder with all that is below it. */
async function readInotifyLimit(): Promise<number | null> {
  const text = await readFile('/proc/sys/fs/inotify/max_user_watches', 'utf8').catch(() => '');
  return /^\d+\s*$/.test(text) ? Number(text) : null;
}
