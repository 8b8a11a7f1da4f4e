import type { Database } from '../../../base/database/database.ts';
import { sql } from '../../../base/database/sql.ts';

/** What a plan would do in one category, of one kind. */
export interface PlanTotal {
  kind: string;
  category: string;
  count: number;
  /** Of the files that are there; 0 for losses. */
  sizeBytes: number;
}

/** Counts the stored changes of a job by kind and category. */
export async function readPlanTotals(database: Pick<Database, 'read'>, jobId: string): Promise<PlanTotal[]> {
  const rows = await database.read(sql`
    SELECT kind, category, count(*) AS entries, sum(size_bytes) AS size_bytes FROM scan_plan_entries
    WHERE job_id = ${jobId} GROUP BY kind, category ORDER BY category, kind`);
  return rows.map(({ kind, category, entries, size_bytes: sizeBytes }) => ({
    kind: kind as string,
    category: category as string,
    count: Number(entries),
    sizeBytes: Number(sizeBytes),
  }));
}
