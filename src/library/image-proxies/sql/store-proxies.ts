import type { StatementWriter } from '../../../base/database/database.ts';
import { dialectOf, jsonInteger, sql, timestampOf } from '../../../base/database/sql.ts';

/** A proxy whose file is in place. */
export interface StoredProxy {
  mediaItemId: number;
  profile: string;
  filename: string;
  format: string;
  width: number;
  height: number;
  sizeBytes: number;
  sha256: string;
  sourceSignature: string;
  originalWidth: number;
  originalHeight: number;
  originalSizeBytes: number;
  wasResized: boolean;
  targetDimension: number;
  jobId: string | null;
}

/**
 * Stores proxies, new or in place of older ones, and returns the items of those that were stored: an item that is gone by
 * now has none. An older proxy under another name loses its item, so that its file and object are removed with the
 * other remains. Must run in a transaction.
 */
export async function storeProxies(
  database: StatementWriter,
  proxies: readonly StoredProxy[],
  now: Date,
): Promise<Set<number>> {
  if (proxies.length === 0) return new Set();
  const dialect = dialectOf(database);
  const rows = dialect.jsonRows(JSON.stringify(proxies.map(toJsonRow)));
  const text = (index: number) => dialect.jsonText(index);
  const integer = (index: number) => jsonInteger(dialect, index);
  await database.write(sql`
    UPDATE image_proxies SET media_item_id = NULL
    WHERE EXISTS (
      SELECT 1 FROM ${rows}
      WHERE ${integer(0)} = image_proxies.media_item_id AND ${text(1)} = image_proxies.profile
        AND ${text(2)} <> image_proxies.filename
    )`);
  const stored = await database.writeReturning(sql`
    INSERT INTO image_proxies (
      media_item_id, profile, filename, format, width, height, size_bytes, sha256, source_signature, original_width,
      original_height, original_size_bytes, was_resized, target_dimension, job_id, created_at
    )
    SELECT
      ${integer(0)}, ${text(1)}, ${text(2)}, ${text(3)}, ${integer(4)}, ${integer(5)}, ${integer(6)}, ${text(7)},
      ${text(8)}, ${integer(9)}, ${integer(10)}, ${integer(11)}, ${integer(12)} = 1, ${integer(13)}, ${text(14)},
      ${timestampOf(dialect, now)}
    FROM ${rows} WHERE EXISTS (SELECT 1 FROM media_items AS m WHERE m.id = ${integer(0)})
    ON CONFLICT (media_item_id, profile) DO UPDATE SET
      format = excluded.format, width = excluded.width, height = excluded.height, size_bytes = excluded.size_bytes,
      sha256 = excluded.sha256, source_signature = excluded.source_signature,
      original_width = excluded.original_width, original_height = excluded.original_height,
      original_size_bytes = excluded.original_size_bytes, was_resized = excluded.was_resized,
      target_dimension = excluded.target_dimension, job_id = excluded.job_id, created_at = excluded.created_at
    RETURNING media_item_id`);
  return new Set(stored.map((row) => Number(row.media_item_id)));
}

/** Makes these proxies count as none until they are stored again: their files are being replaced. */
export async function suspendProxies(
  database: StatementWriter,
  proxies: readonly { mediaItemId: number; profile: string }[],
): Promise<void> {
  if (proxies.length === 0) return;
  const dialect = dialectOf(database);
  const rows = dialect.jsonRows(JSON.stringify(proxies.map(({ mediaItemId, profile }) => [mediaItemId, profile])));
  await database.write(sql`
    UPDATE image_proxies SET sha256 = NULL
    WHERE EXISTS (
      SELECT 1 FROM ${rows}
      WHERE ${jsonInteger(dialect, 0)} = image_proxies.media_item_id AND ${dialect.jsonText(1)} = image_proxies.profile
    )`);
}

function toJsonRow(proxy: StoredProxy): unknown[] {
  return [
    proxy.mediaItemId,
    proxy.profile,
    proxy.filename,
    proxy.format,
    proxy.width,
    proxy.height,
    proxy.sizeBytes,
    proxy.sha256,
    proxy.sourceSignature,
    proxy.originalWidth,
    proxy.originalHeight,
    proxy.originalSizeBytes,
    proxy.wasResized ? 1 : 0,
    proxy.targetDimension,
    proxy.jobId,
  ];
}
