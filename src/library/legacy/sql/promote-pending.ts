import type { RawRow, StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, join, sql, timestampOf } from '../../../base/database/sql.ts';

// The steps of a promotion, each one statement, to be run in one transaction.

/** The pending import at one of the paths; its row is locked until the transaction ends. */
export async function lockPendingImport(
  transaction: StatementWriter,
  paths: readonly string[],
): Promise<RawRow | null> {
  const { lockRows } = dialectOf(transaction);
  const [row] = await transaction.writeReturning(sql`
    SELECT id, legacy_path FROM pending_import WHERE path IN (${join(paths)}) ORDER BY id LIMIT 1${lockRows}`);
  return row ?? null;
}

/** Makes the model record of a pending import; false where there is one with that hash already. */
export async function createModelOf(
  transaction: StatementWriter,
  pendingId: number,
  sha256: string,
  sizeBytes: number,
): Promise<boolean> {
  const created = await transaction.write(sql`
    INSERT INTO models (
      sha256, path, legacy_path, name, type, size_bytes, created_at, meta_json, legacy_meta_json, search_text
    )
    SELECT CAST(${sha256} AS TEXT), path, legacy_path, name, type, CAST(${sizeBytes} AS BIGINT), created_at, meta_json,
      legacy_meta_json, search_text
    FROM pending_import WHERE id = ${pendingId}
    ON CONFLICT (sha256) DO NOTHING`);
  return created === 1;
}

/** Whether the model record comes from the same legacy record, which was hashed after it had been taken over as pending. */
export async function isModelOf(transaction: StatementWriter, pendingId: number, sha256: string): Promise<boolean> {
  const found = await transaction.writeReturning(sql`
    SELECT 1 FROM models AS m JOIN pending_import AS p ON p.legacy_path = m.legacy_path
    WHERE m.sha256 = ${sha256} AND p.id = ${pendingId}`);
  return found.length > 0;
}

/** Gives the model record the fields of the pending import. */
export async function overrideModel(
  transaction: StatementWriter,
  pendingId: number,
  sha256: string,
  sizeBytes: number,
): Promise<void> {
  await transaction.write(sql`
    UPDATE models SET
      path = p.path, legacy_path = p.legacy_path, name = p.name, type = p.type,
      size_bytes = CAST(${sizeBytes} AS BIGINT), created_at = p.created_at, meta_json = p.meta_json,
      legacy_meta_json = p.legacy_meta_json, search_text = p.search_text, name_key = NULL
    FROM (SELECT * FROM pending_import WHERE id = ${pendingId}) AS p
    WHERE models.sha256 = ${sha256}`);
}

/** Gives the model the tags of the pending import. */
export async function joinTags(transaction: StatementWriter, pendingId: number, sha256: string): Promise<void> {
  await transaction.write(sql`
    INSERT INTO model_tags (sha256, tag_id)
    SELECT CAST(${sha256} AS TEXT), tag_id FROM pending_model_tags WHERE pending_id = ${pendingId}
    ON CONFLICT DO NOTHING`);
}

/** Notes what happens to the pictures: they are moved to the model or, where `sha256` is null, only removed. */
export async function notePictureMoves(
  transaction: StatementWriter,
  pendingId: number,
  sha256: string | null,
): Promise<void> {
  await transaction.write(sql`
    INSERT INTO picture_moves (sha256, name, source)
    SELECT CAST(${sha256} AS TEXT), name, source FROM pending_images WHERE pending_id = ${pendingId} ORDER BY seq
    ON CONFLICT DO NOTHING`);
}

/** Removes the pending import, and stores what it became; `sha256` is null where it was dropped. */
export async function settlePendingImport(
  transaction: StatementWriter,
  pendingId: number,
  sha256: string | null,
  now: Date,
): Promise<void> {
  await transaction.write(sql`
    INSERT INTO settled_imports (legacy_path, legacy_id, path, sha256, settled_at)
    SELECT legacy_path, id, path, CAST(${sha256} AS TEXT), ${timestampOf(dialectOf(transaction), now)}
    FROM pending_import WHERE id = ${pendingId}
    ON CONFLICT DO NOTHING`);
  await transaction.write(sql`DELETE FROM pending_import WHERE id = ${pendingId}`);
}

export async function rememberHash(transaction: StatementWriter, pendingId: number, sha256: string): Promise<void> {
  await transaction.write(sql`UPDATE pending_import SET sha256 = ${sha256} WHERE id = ${pendingId}`);
}
