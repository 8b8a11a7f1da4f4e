import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, jsonInteger, sql } from '../../../base/database/sql.ts';

export interface DeletionLine {
  id: number;
  line: string;
}

/** Stores lines of the deletions log, in the transaction that makes them true. */
export async function noteDeletionLines(transaction: StatementWriter, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const dialect = dialectOf(transaction);
  const rows = JSON.stringify(lines.map((line) => [line]));
  await transaction.write(
    sql`INSERT INTO deletion_lines (line) SELECT ${dialect.jsonText(0)} FROM ${dialect.jsonRows(rows)}`,
  );
}

/** Returns the oldest waiting lines, up to `limit`; until the transaction ends, nobody else gets them. */
export async function takeDeletionLines(transaction: StatementWriter, limit: number): Promise<DeletionLine[]> {
  await dialectOf(transaction).lock(transaction, 'deletions log');
  const rows = await transaction.writeReturning(sql`SELECT id, line FROM deletion_lines ORDER BY id LIMIT ${limit}`);
  return rows.map((row) => ({ id: Number(row.id), line: row.line as string }));
}

/** Removes lines that stand in the file. */
export async function dropDeletionLines(transaction: StatementWriter, lines: readonly DeletionLine[]): Promise<void> {
  const dialect = dialectOf(transaction);
  const ids = JSON.stringify(lines.map(({ id }) => [id]));
  await transaction.write(
    sql`DELETE FROM deletion_lines WHERE id IN (SELECT ${jsonInteger(dialect, 0)} FROM ${dialect.jsonRows(ids)})`,
  );
}
