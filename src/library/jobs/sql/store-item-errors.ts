import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, jsonInteger, sql } from '../../../base/database/sql.ts';

export interface StoredItemError {
  item: string;
  code: string;
  message: string;
  at: Date;
  sha256: string | null;
}

/** Adds item errors to a job, provided that its row still names the runner; returns whether it does. */
export async function storeItemErrors(
  database: StatementWriter,
  job: { id: string; runner: string },
  errors: readonly StoredItemError[],
): Promise<boolean> {
  const dialect = dialectOf(database);
  const rows = JSON.stringify(
    errors.map(({ item, code, message, at, sha256 }) => [item, code, message, at.getTime(), sha256]),
  );
  const stored = await database.write(sql`
    INSERT INTO job_item_errors (job_id, item, code, message, at, sha256)
    SELECT j.id, ${dialect.jsonText(0)}, ${dialect.jsonText(1)}, ${dialect.jsonText(2)},
      ${dialect.timestamp(jsonInteger(dialect, 3))}, ${dialect.jsonText(4)}
    FROM ${dialect.jsonRows(rows)} CROSS JOIN jobs AS j WHERE j.id = ${job.id} AND j.runner = ${job.runner}`);
  return stored === errors.length;
}
