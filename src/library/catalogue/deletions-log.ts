import { escapeName } from '../../base/files/escape-name.ts';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Database, StatementWriter } from '../../base/database/database.ts';
import { sql } from '../../base/database/sql.ts';
import { dropDeletionLines, noteDeletionLines, takeDeletionLines } from './sql/deletion-lines.ts';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { oneLineJson } from '../../base/one-line.ts';
import { appendMissingLines } from '../../base/files/append-missing-lines.ts';

/** What went missing, was deleted for good, or was forgotten. */
export interface DeletionEntry {
  category: string;
  /** The root that `path` is relative to; left out where the category is not configured any more. */
  rootPath?: string | undefined;
  path: string;
  previousStatus: string;
  /** `deleted` stands for the item alone, `deleted_with_file` for its file too. */
  action: 'marked_missing' | 'deleted' | 'deleted_with_file' | 'purged';
}

/**
 * The record of what went missing, was deleted and was forgotten: `media_deletions.log`, JSON lines, only ever appended to.
 * Each line stands in it once, whenever a process is killed: the line is stored in the database together with the
 * change, and removed there once it stands in the file.
 */
export interface DeletionsLog {
  /** Stores entries in the database, in the transaction that makes them true. */
  note(transaction: StatementWriter, entries: readonly DeletionEntry[], at: Date): Promise<void>;
  /**
   * Appends all stored entries to the file, those of other processes too. Where that fails, they stay stored. Throws
   * StorageError.
   */
  write(): Promise<void>;
  /** Appends all stored entries too; a failure is logged. */
  resume(): Promise<void>;
}

interface DeletionsLogOptions {
  database: Database;
  folder: string;
  log: Pick<Logger, 'error'>;
}

/** Writers of the database wait while this many lines are written. */
const linesAtOnce = 1_000;

export function createDeletionsLog({ database, folder, log }: DeletionsLogOptions): DeletionsLog {
  const path = join(folder, 'media_deletions.log');

  /**
   * Returns how many lines it wrote. One process does this at a time, so what a killed one left is the end of the file.
   */
  async function writeSome(): Promise<number> {
    return database.transaction(async (transaction) => {
      const lines = await takeDeletionLines(transaction, linesAtOnce);
      await appendMissingLines(
        path,
        lines.map(({ line }) => line),
      );
      await dropDeletionLines(transaction, lines);
      return lines.length;
    });
  }

  async function write(): Promise<void> {
    // Mostly there is nothing to write; a read finds that out without waiting for other writers.
    if ((await database.read(sql`SELECT 1 FROM deletion_lines LIMIT 1`)).length === 0) return;
    try {
      await mkdir(folder, { recursive: true });
      while ((await writeSome()) === linesAtOnce);
    } catch (error) {
      throw toStorageError(error, 'Writing media_deletions.log');
    }
  }

  return {
    note: (transaction, entries, at) => noteDeletionLines(transaction, toLines(entries, at)),
    write,
    resume: () =>
      write().catch((error: unknown) => {
        log.error({ err: error }, 'the deletions log cannot be written; its lines are kept until it can');
      }),
  };
}

function toLines(entries: readonly DeletionEntry[], at: Date): string[] {
  const timestamp = at.toISOString();
  return entries.map(({ category, rootPath, path, previousStatus, action }) =>
    oneLineJson(
      JSON.stringify({
        timestamp,
        category,
        root_path: rootPath === undefined ? undefined : escapeName(rootPath),
        path: escapeName(path),
        previous_status: previousStatus,
        action,
      }),
    ),
  );
}
