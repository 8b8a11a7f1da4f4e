import type { Database } from '../../../base/database/database.ts';
import { dialectOf, join, jsonInteger, sql } from '../../../base/database/sql.ts';

/** A planned change, as its row stores it: of a scan, or a proxy that a batch would make. */
export interface StoredPlanEntry {
  kind: string;
  category: string;
  relativePath: string;
  fromCategory: string | null;
  fromPath: string | null;
  itemId: number | null;
  sizeBytes: number;
  /** The signature of the file; for a loss, of the item. */
  signature: string;
}

export async function storePlanEntries(
  database: Database,
  jobId: string,
  entries: readonly StoredPlanEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const dialect = dialectOf(database);
  const rows = entries.map((entry) => [
    entry.kind,
    entry.category,
    entry.relativePath,
    entry.fromCategory,
    entry.fromPath,
    entry.itemId,
    entry.sizeBytes,
    entry.signature,
  ]);
  await database.write(sql`
    INSERT INTO scan_plan_entries (
      job_id, kind, category, relative_path, from_category, from_path, item_id, size_bytes, signature
    )
    SELECT ${jobId}, ${join([0, 1, 2, 3, 4].map((index) => dialect.jsonText(index)))},
      ${jsonInteger(dialect, 5)}, ${jsonInteger(dialect, 6)}, ${dialect.jsonText(7)}
    FROM ${dialect.jsonRows(JSON.stringify(rows))} WHERE true`);
}

/**
 * Drops all plans of jobs of the same kind but the newest and that of this job, which may seem older: others may date
 * from a clock that was ahead.
 */
export async function dropOldPlans(database: Database, jobId: string, keptJobs: number): Promise<void> {
  const isOfSameKind = sql`jobs.kind = (SELECT own.kind FROM jobs AS own WHERE own.id = ${jobId})`;
  await database.write(sql`
    DELETE FROM scan_plan_entries WHERE job_id <> ${jobId} AND job_id IN (SELECT id FROM jobs WHERE ${isOfSameKind})
    AND job_id NOT IN (
      SELECT id FROM (
        SELECT jobs.id FROM jobs
        WHERE ${isOfSameKind} AND EXISTS (SELECT 1 FROM scan_plan_entries AS entry WHERE entry.job_id = jobs.id)
        ORDER BY jobs.created_at DESC, jobs.id DESC LIMIT ${keptJobs}
      ) AS kept
    )`);
}
