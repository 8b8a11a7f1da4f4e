import type { Database } from '../../../base/database/database.ts';
import { albumOrderOf } from '../sort-keys.ts';
import { factTextOf } from '../facts/fact-text.ts';
import type { Capture, MediaFacts } from '../facts/facts.ts';
import { dialectOf, jsonInteger, sql, timestampOf } from '../../../base/database/sql.ts';

/** An available item whose headers wait to be read. */
export interface UnprobedItem {
  id: number;
  rootCategory: string;
  relativePath: string;
  mediaType: string;
  signature: string;
  /** The title that the tags of its file had when they were last read. */
  tagTitle: string | null;
}

/** Reads up to `limit` items after the one with the id `after`, in the order of their ids. */
export async function readUnprobed(database: Database, after: number, limit: number): Promise<UnprobedItem[]> {
  const rows = await database.read(sql`
    SELECT m.id, m.root_category, m.relative_path, m.signature, m.tag_title, s.media_type
    FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id
    WHERE m.probed_at IS NULL AND m.id > ${after} AND s.status = 'AVAILABLE'
    ORDER BY m.id LIMIT ${limit}`);
  return rows.map((row) => ({
    id: row.id as number,
    rootCategory: row.root_category as string,
    relativePath: row.relative_path as string,
    mediaType: row.media_type as string,
    signature: row.signature as string,
    tagTitle: row.tag_title as string | null,
  }));
}

/** What the headers of an item's file contain, or a note on why they could not be read. */
export interface ProbedItem {
  id: number;
  /** The signature of the file that was read: an item whose file changed meanwhile keeps waiting. */
  signature: string;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
  technicalMetadata: unknown;
  /** Null where no date is known. */
  capture?: Capture | null;
  facts?: MediaFacts | null;
  /** Null where no fingerprint was read. */
  fingerprint: string | null;
}

export async function storeProbes(database: Database, items: readonly ProbedItem[], now: Date): Promise<void> {
  if (items.length === 0) return;
  const dialect = dialectOf(database);
  const stamp = timestampOf(dialect, now);
  const rows = items.map((item) => [
    item.id,
    item.signature,
    item.width,
    item.height,
    item.durationSeconds,
    item.technicalMetadata,
    item.fingerprint,
    item.capture?.localMs ?? null,
    item.capture?.offsetMinutes ?? null,
    item.capture?.source ?? null,
    item.facts ?? null,
    factTextOf(item.facts ?? null),
    albumOrderOf(item.facts?.music ?? {}),
  ]);
  await database.write(sql`
    UPDATE media_items SET
      width = probe.width,
      height = probe.height,
      duration_seconds = probe.duration_seconds,
      technical_metadata = probe.technical_metadata,
      fingerprint = coalesce(probe.fingerprint, media_items.fingerprint),
      captured_at = ${dialect.timestamp(sql`probe.captured_at_ms`)},
      captured_offset = probe.captured_offset,
      captured_source = probe.captured_source,
      facts = probe.facts,
      fact_text = probe.fact_text,
      album_order = probe.album_order,
      probed_at = ${stamp},
      updated_at = ${stamp}
    FROM (
      SELECT
        ${jsonInteger(dialect, 0)} AS id, ${dialect.jsonText(1)} AS signature,
        ${jsonInteger(dialect, 2)} AS width, ${jsonInteger(dialect, 3)} AS height,
        CAST(${dialect.jsonText(4)} AS DOUBLE PRECISION) AS duration_seconds, ${dialect.json(5)} AS technical_metadata,
        ${dialect.jsonText(6)} AS fingerprint, ${jsonInteger(dialect, 7)} AS captured_at_ms,
        ${jsonInteger(dialect, 8)} AS captured_offset, ${dialect.jsonText(9)} AS captured_source,
        ${dialect.json(10)} AS facts, ${dialect.jsonText(11)} AS fact_text,
        ${dialect.jsonText(12)} AS album_order
      FROM ${dialect.jsonRows(JSON.stringify(rows))}
    ) AS probe
    WHERE media_items.id = probe.id AND media_items.signature = probe.signature`);
}
