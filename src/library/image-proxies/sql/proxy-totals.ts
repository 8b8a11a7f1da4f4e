import type { Database } from '../../../base/database/database.ts';
import { join, sql } from '../../../base/database/sql.ts';

export interface ProxyTotals {
  totalImages: number;
  needsResize: number;
  noResizeNeeded: number;
  /** Images with a proxy of their present file, for the profile as it is now. */
  withProxy: number;
  /** Images that need none and have none. */
  withoutNeed: number;
  /** Images whose size could not be read, and that have no proxy. */
  unreadable: number;
  /** Sum of the sizes of the images with a proxy. */
  originalBytes: number;
  proxyBytes: number;
}

/** All available images of these categories, counted for one profile. */
export async function readProxyTotals(
  database: Database,
  { name, shorterSide }: { name: string; shorterSide: number },
  rootCategories: readonly string[],
): Promise<ProxyTotals> {
  const isLarge = sql`(m.width > ${shorterSide} AND m.height > ${shorterSide})`;
  const isSmall = sql`(m.width <= ${shorterSide} OR m.height <= ${shorterSide})`;
  const isFresh = sql`p.source_signature = m.signature AND p.target_dimension = ${shorterSide}`;
  const hasProxy = sql`(p.sha256 IS NOT NULL AND ${isFresh})`;
  const hasNone = sql`NOT coalesce(${hasProxy}, ${sql`1 = 0`})`;
  const [row = {}] = await database.read(sql`
    SELECT
      count(*) AS total,
      sum(CASE WHEN ${isLarge} THEN 1 ELSE 0 END) AS large,
      sum(CASE WHEN ${isSmall} THEN 1 ELSE 0 END) AS small,
      sum(CASE WHEN ${hasProxy} THEN 1 ELSE 0 END) AS with_proxy,
      sum(CASE WHEN ${isSmall} AND ${hasNone} THEN 1 ELSE 0 END) AS without_need,
      sum(CASE WHEN m.width IS NULL AND m.probed_at IS NOT NULL AND ${hasNone} THEN 1 ELSE 0 END) AS unreadable,
      sum(CASE WHEN ${hasProxy} THEN p.original_size_bytes ELSE 0 END) AS original_bytes,
      sum(CASE WHEN ${hasProxy} THEN p.size_bytes ELSE 0 END) AS proxy_bytes
    FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id
    LEFT JOIN image_proxies AS p ON p.media_item_id = m.id AND p.profile = ${name}
    WHERE s.media_type = 'IMAGE' AND s.status = 'AVAILABLE' AND m.root_category IN (${join([...rootCategories])})`);
  return {
    totalImages: Number(row.total),
    needsResize: Number(row.large),
    noResizeNeeded: Number(row.small),
    withProxy: Number(row.with_proxy),
    withoutNeed: Number(row.without_need),
    unreadable: Number(row.unreadable),
    originalBytes: Number(row.original_bytes),
    proxyBytes: Number(row.proxy_bytes),
  };
}

/** Bytes a pixel of the existing proxies, by format. */
export async function readBytesPerPixel(database: Database, profile: string): Promise<Map<string, number>> {
  const rows = await database.read(sql`
    SELECT format, sum(size_bytes) AS bytes, sum(width * height) AS pixels FROM image_proxies
    WHERE profile = ${profile} AND was_resized GROUP BY format`);
  return new Map(rows.map((row) => [String(row.format), Number(row.bytes) / Number(row.pixels)]));
}
