import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, sql } from '../../../base/database/sql.ts';

/**
 * Gives a picture of a model the next free number, inside a transaction in which its files also get their names; a lock on
 * the model's row keeps others from taking the same number. `taken` means that the model has a picture from that source,
 * and nothing is written.
 */
export async function takeImageNumber(
  transaction: StatementWriter,
  sha256: string,
  source: string,
): Promise<{ state: 'new'; seq: number } | { state: 'taken' } | { state: 'no model' }> {
  const { lockRows } = dialectOf(transaction);
  const models = await transaction.writeReturning(sql`SELECT sha256 FROM models WHERE sha256 = ${sha256}${lockRows}`);
  if (models.length === 0) return { state: 'no model' };
  const [row] = await transaction.writeReturning(sql`
    INSERT INTO model_images (sha256, seq, source, position)
    SELECT ${sha256}, coalesce(max(i.seq) + 1, 0), CAST(${source} AS TEXT), coalesce(max(i.position) + 1, 0)
    FROM model_images AS i
    WHERE i.sha256 = ${sha256}
    ON CONFLICT (sha256, source) DO NOTHING RETURNING seq`);
  return row === undefined ? { state: 'taken' } : { state: 'new', seq: Number(row.seq) };
}

/**
 * Gives a pending import a picture whose file is there; false where it was settled meanwhile. The row of the pending import
 * is locked, so that a promotion either finds the picture or comes first.
 */
export async function storePendingImage(
  database: StatementWriter,
  { pendingId, legacyPath, seq, name, source }: PendingPicture,
): Promise<boolean> {
  const { lockRows } = dialectOf(database);
  const stored = await database.write(sql`
    INSERT INTO pending_images (pending_id, seq, name, source)
    SELECT id, CAST(${seq} AS INTEGER), CAST(${name} AS TEXT), CAST(${source} AS TEXT) FROM pending_import
    WHERE id = ${pendingId} AND legacy_path = ${legacyPath}${lockRows}`);
  return stored === 1;
}

interface PendingPicture {
  pendingId: number;
  /** Distinguishes the pending import from a later one with the same id. */
  legacyPath: string;
  seq: number;
  name: string;
  source: string;
}
