import type { Database, RawRow, Sql } from '../../../base/database/database.ts';
import { join, numbersOf, sql } from '../../../base/database/sql.ts';

/** An item as far as its image proxy is concerned. */
export interface ProxyCandidate {
  id: number;
  rootCategory: string;
  relativePath: string;
  filename: string;
  mediaType: string;
  signature: string;
  sizeBytes: number;
  proxy: CandidateProxy | null;
}

export interface CandidateProxy {
  id: number;
  filename: string;
  /** Null while its file is being replaced. */
  sha256: string | null;
  sourceSignature: string;
  targetDimension: number;
  sizeBytes: number;
  originalSizeBytes: number;
  wasResized: boolean;
  jobId: string | null;
}

interface CandidateQuery {
  profile: string;
  /** Only items after the one with this id. */
  after: number;
  limit: number;
  /** The configured categories: the files of others are out of bounds. */
  rootCategories: readonly string[];
}

/**
 * Items that may need a proxy (all available images, or the ones with these ids), in the order of their ids, each with
 * the proxy that it has.
 */
export async function readProxyCandidates(
  database: Database,
  { profile, after, limit, rootCategories, ids }: CandidateQuery & { ids?: readonly number[] | undefined },
): Promise<ProxyCandidate[]> {
  const rows = await database.read(sql`
    SELECT m.id, m.root_category, m.relative_path, m.filename, m.signature, m.size_bytes, s.media_type, ${proxyColumns}
    FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id
    LEFT JOIN image_proxies AS p ON p.media_item_id = m.id AND p.profile = ${profile}
    WHERE m.id > ${after} AND m.root_category IN (${join([...rootCategories])})
      AND ${ids === undefined ? everyImage : chosen(database, ids)}
    ORDER BY m.id LIMIT ${limit}`);
  return rows.map(toCandidate);
}

/**
 * Available images that have no proxy of their present file and of that size, as far as it is not known that they need
 * none: their size may not have been read yet.
 */
export async function readUnproxied(
  database: Database,
  { profile, after, limit, rootCategories, shorterSide }: CandidateQuery & { shorterSide: number },
): Promise<ProxyCandidate[]> {
  const rows = await database.read(sql`
    SELECT m.id, m.root_category, m.relative_path, m.filename, m.signature, m.size_bytes, s.media_type, ${proxyColumns}
    FROM media_items AS m JOIN shelves AS s ON s.id = m.shelf_id
    LEFT JOIN image_proxies AS p ON p.media_item_id = m.id AND p.profile = ${profile}
    WHERE m.id > ${after} AND m.root_category IN (${join([...rootCategories])}) AND ${everyImage}
      AND (m.width IS NULL OR (m.width > ${shorterSide} AND m.height > ${shorterSide}) OR m.probed_at IS NULL)
      AND (p.sha256 IS NULL OR p.source_signature <> m.signature OR p.target_dimension <> ${shorterSide})
    ORDER BY m.id LIMIT ${limit}`);
  return rows.map(toCandidate);
}

const everyImage = sql`s.media_type = 'IMAGE' AND s.status = 'AVAILABLE'`;

function chosen(database: Database, ids: readonly number[]): Sql {
  return sql`s.status <> 'DELETED' AND m.id IN (${numbersOf(database, ids)})`;
}

const proxyColumns = sql`p.id AS proxy_id, p.filename AS proxy_filename, p.sha256, p.source_signature,
  p.target_dimension, p.size_bytes AS proxy_size_bytes, p.original_size_bytes, p.was_resized, p.job_id`;

function toCandidate(row: RawRow): ProxyCandidate {
  return {
    id: row.id as number,
    rootCategory: row.root_category as string,
    relativePath: row.relative_path as string,
    filename: row.filename as string,
    mediaType: row.media_type as string,
    signature: row.signature as string,
    sizeBytes: Number(row.size_bytes),
    proxy: row.proxy_id === null ? null : toProxy(row),
  };
}

function toProxy(row: RawRow): CandidateProxy {
  return {
    id: row.proxy_id as number,
    filename: row.proxy_filename as string,
    sha256: row.sha256 as string | null,
    sourceSignature: row.source_signature as string,
    targetDimension: row.target_dimension as number,
    sizeBytes: Number(row.proxy_size_bytes),
    originalSizeBytes: Number(row.original_size_bytes),
    wasResized: Boolean(row.was_resized),
    jobId: row.job_id as string | null,
  };
}
