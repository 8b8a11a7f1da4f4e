import { setImmediate } from 'node:timers/promises';
import { litterVersion } from '../../catalogue/litter.ts';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { Database } from '../../../base/database/database.ts';
import {
  forgetScannedFolders,
  readScannedFolders,
  storeScannedFolders,
  type ScannedFolder,
} from '../../catalogue/sql/scanned-folders.ts';
import { inBatches } from '../../../base/async/in-batches.ts';
import type { EncodedFolders } from '../walk/known-folders.ts';
import type { WalkBatch } from '../walk/walk-batch.ts';

/** How far a scan may go past folders in which nothing was added, removed or renamed. */
export interface Shortcut {
  /** Time after which every file is looked at again: a file that is changed in place leaves its folder as it was. */
  fullEveryMs: number;
  /** A folder that changed more recently than this is looked at the next time too. */
  settledMs: number;
}

/** The folders of one category, as earlier scans and this one saw them. */
export interface FolderNotes {
  readonly known: EncodedFolders;
  /** Passes the batches on, and remembers what they report of folders. */
  note(batches: AsyncIterable<WalkBatch>): AsyncGenerator<WalkBatch>;
  /** Whether the file lies in an unchanged folder; called once for each item that the walk did not report. */
  isPassedBy(relativePath: string): boolean;
  filesPassedBy(): number;
  /** Whether this scan looks at every file. */
  readonly isFull: boolean;
  /** Stores what was seen for the next scan, once all of this one is done. */
  save(startedAt: Date): Promise<void>;
}

/** What earlier scans left in `category_scans`. */
interface EarlierScans {
  lastFullAt: Date | null;
  fullRules: string | null;
  rowsRemovedAt: Date | null;
}

interface NotesOptions {
  database: Database;
  category: CategoryConfig;
  before: EarlierScans | null;
  /** Whether no shortcut is taken this time; the next scan may take it. */
  full: boolean;
}

const statementSize = 2000;

/** Loads the notes of earlier scans; null where the settings want every file looked at. */
export async function loadFolderNotes(
  shortcut: Shortcut | null,
  { database, category, before, full }: NotesOptions,
): Promise<FolderNotes | null> {
  if (shortcut === null) return null;
  const rules = describeSelection(category);
  const isFull = full || !isRecent(before, rules, shortcut);
  const recorded = new Map<string, string | null>();
  for await (const page of readScannedFolders(database, category.key)) {
    for (const [path, signature] of page) recorded.set(path, signature);
  }
  const known = encode(isFull ? [] : [...recorded], shortcut);
  const unchanged = new Set<string>();
  const lookedAt = new Map<string, string | null>();
  let filesPassedBy = 0;
  return {
    known,
    isFull,
    async *note(batches) {
      for await (const batch of batches) {
        for (const prefix of batch.folders.unchanged) unchanged.add(prefix);
        for (const [prefix, signature] of batch.folders.lookedAt) lookedAt.set(prefix, signature);
        yield batch;
      }
    },
    isPassedBy(relativePath) {
      const isUnchanged = unchanged.has(relativePath.slice(0, relativePath.lastIndexOf('/') + 1));
      if (isUnchanged) filesPassedBy += 1;
      return isUnchanged;
    },
    filesPassedBy: () => filesPassedBy,
    async save(startedAt) {
      const changed = [...lookedAt].filter(([path, signature]) => recorded.get(path) !== signature);
      const gone = [...recorded.keys()].filter((path) => !lookedAt.has(path) && !unchanged.has(path));
      for (const batch of inBatches(changed, statementSize)) {
        await storeScannedFolders(database, category.key, batch);
        await setImmediate();
      }
      for (const batch of inBatches(gone, statementSize)) {
        await forgetScannedFolders(database, category.key, batch);
        await setImmediate();
      }
      if (!isFull) return;
      const data = { lastFullAt: startedAt, fullRules: rules };
      await database.prisma.categoryScan.update({ where: { category: category.key }, data });
    },
  };
}

function isRecent(before: EarlierScans | null, rules: string, { fullEveryMs }: Shortcut): boolean {
  if (before === null || before.lastFullAt === null || before.fullRules !== rules) return false;
  if (before.rowsRemovedAt !== null && before.rowsRemovedAt >= before.lastFullAt) return false;
  const ageMs = Date.now() - before.lastFullAt.getTime();
  // A time in the future comes from a clock that was ahead, and means nothing.
  return ageMs >= 0 && ageMs < fullEveryMs;
}

/** Describes what decides which files belong to a category. */
function describeSelection(category: CategoryConfig): string {
  const { rootPath, includePatterns, excludePatterns, includesLitter = false, ownPlaces = [] } = category;
  const litter = includesLitter ? null : litterVersion;
  return JSON.stringify([rootPath, includePatterns, excludePatterns, litter, ownPlaces]);
}

function encode(folders: readonly ScannedFolder[], { settledMs }: Shortcut): EncodedFolders {
  return {
    paths: folders.map(([path]) => path).join('\0'),
    signatures: folders.map(([, signature]) => signature ?? '').join('\0'),
    settledMs,
  };
}
