import type { Database, StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, join, jsonInteger, sql, timestampOf } from '../../../base/database/sql.ts';

export interface ImageKey {
  sha256: string;
  seq: number;
}

/**
 * Returns the numbers of a model's pictures in their order, which others cannot change until the transaction ends; null
 * where there is no such model.
 */
export async function lockImages(transaction: StatementWriter, sha256: string): Promise<number[] | null> {
  const { lockRows } = dialectOf(transaction);
  const models = await transaction.writeReturning(sql`SELECT sha256 FROM models WHERE sha256 = ${sha256}${lockRows}`);
  if (models.length === 0) return null;
  const rows = await transaction.writeReturning(sql`
    SELECT seq FROM model_images WHERE sha256 = ${sha256} AND removed_at IS NULL ORDER BY position, seq`);
  return rows.map(({ seq }) => Number(seq));
}

/** Reads the pictures of models, those of each in their order. */
export async function readImages(
  database: Pick<Database, 'provider' | 'read'>,
  hashes: readonly string[],
): Promise<ImageKey[]> {
  if (hashes.length === 0) return [];
  const rows = await database.read(sql`
    SELECT sha256, seq FROM model_images WHERE sha256 IN (${join([...hashes])}) AND removed_at IS NULL
    ORDER BY sha256, position, seq`);
  return rows.map(({ sha256, seq }) => ({ sha256: sha256 as string, seq: Number(seq) }));
}

export async function removeImage(transaction: StatementWriter, { sha256, seq }: ImageKey, now: Date): Promise<void> {
  const stamp = timestampOf(dialectOf(transaction), now);
  await transaction.write(sql`
    UPDATE model_images SET removed_at = ${stamp} WHERE sha256 = ${sha256} AND seq = ${seq}`);
  await transaction.write(sql`UPDATE models SET updated_at = ${stamp} WHERE sha256 = ${sha256}`);
}

export async function storeImageOrder(
  transaction: StatementWriter,
  sha256: string,
  seqs: readonly number[],
  now: Date,
): Promise<void> {
  const dialect = dialectOf(transaction);
  const rows = dialect.jsonRows(JSON.stringify(seqs.map((seq, position) => [seq, position])));
  await transaction.write(sql`
    UPDATE model_images SET position = ordered.position
    FROM (SELECT ${jsonInteger(dialect, 0)} AS seq, ${jsonInteger(dialect, 1)} AS position FROM ${rows}) AS ordered
    WHERE model_images.sha256 = ${sha256} AND model_images.seq = ordered.seq`);
  await transaction.write(sql`UPDATE models SET updated_at = ${timestampOf(dialect, now)} WHERE sha256 = ${sha256}`);
}

/** Reads pictures that were taken away before that moment, and whose files may still be there. */
export async function readRemovedImages(database: Database, before: Date, limit: number): Promise<ImageKey[]> {
  const rows = await database.read(sql`
    SELECT sha256, seq FROM model_images
    WHERE removed_at IS NOT NULL AND has_files AND removed_at < ${timestampOf(dialectOf(database), before)}
    ORDER BY removed_at LIMIT ${limit}`);
  return rows.map(({ sha256, seq }) => ({ sha256: sha256 as string, seq: Number(seq) }));
}

export async function noteFilesGone(database: Database, images: readonly ImageKey[]): Promise<void> {
  if (images.length === 0) return;
  const dialect = dialectOf(database);
  const rows = dialect.jsonRows(JSON.stringify(images.map(({ sha256, seq }) => [sha256, seq])));
  await database.write(sql`
    UPDATE model_images SET has_files = false
    FROM (SELECT ${dialect.jsonText(0)} AS sha256, ${jsonInteger(dialect, 1)} AS seq FROM ${rows}) AS gone
    WHERE model_images.sha256 = gone.sha256 AND model_images.seq = gone.seq AND model_images.removed_at IS NOT NULL`);
}
