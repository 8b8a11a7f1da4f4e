import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The record of what went missing and what was forgotten: `media_deletions.log`, JSON lines, only ever appended to. */
export interface DeletionsLog {
  /** Called after the commit, for each item once. */
  appendMissing(category: string, relativePaths: readonly string[], at: Date): Promise<void>;
  /** The same for items that were removed for good. */
  appendPurged(
    items: readonly { rootCategory: string; relativePath: string }[],
    previousStatus: string,
    at: Date,
  ): Promise<void>;
}

interface Entry {
  category: string;
  path: string;
  previous_status: string;
  action: 'marked_missing' | 'purged';
}

export function createDeletionsLog(folder: string): DeletionsLog {
  const path = join(folder, 'media_deletions.log');

  async function append(entries: readonly Entry[], at: Date): Promise<void> {
    if (entries.length === 0) return;
    const timestamp = at.toISOString();
    const lines = entries.map((entry) => JSON.stringify({ timestamp, ...entry }));
    await mkdir(folder, { recursive: true });
    // One write in append mode: lines of two processes do not mix.
    await appendFile(path, `${lines.join('\n')}\n`);
  }

  return {
    appendMissing: (category, relativePaths, at) =>
      append(
        relativePaths.map((relativePath) => ({
          category,
          path: relativePath,
          previous_status: 'available',
          action: 'marked_missing',
        })),
        at,
      ),
    appendPurged: (items, previousStatus, at) =>
      append(
        items.map(({ rootCategory, relativePath }) => ({
          category: rootCategory,
          path: relativePath,
          previous_status: previousStatus,
          action: 'purged',
        })),
        at,
      ),
  };
}
