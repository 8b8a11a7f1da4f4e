import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The record of what scans found missing: `media_deletions.log`, JSON lines, only ever appended to. */
export interface DeletionsLog {
  /** Called after the commit, for each item once. */
  appendMissing(category: string, relativePaths: readonly string[], at: Date): Promise<void>;
}

export function createDeletionsLog(folder: string): DeletionsLog {
  const path = join(folder, 'media_deletions.log');
  return {
    async appendMissing(category, relativePaths, at) {
      if (relativePaths.length === 0) return;
      const timestamp = at.toISOString();
      const lines = relativePaths.map((relativePath) =>
        JSON.stringify({
          timestamp,
          category,
          path: relativePath,
          previous_status: 'available',
          action: 'marked_missing',
        }),
      );
      await mkdir(folder, { recursive: true });
      // One write in append mode: lines of two processes do not mix.
      await appendFile(path, `${lines.join('\n')}\n`);
    },
  };
}
