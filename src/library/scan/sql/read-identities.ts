import type { Database, RawRow } from '../../../base/database/database.ts';
import { join, numbersOf, raw, sql } from '../../../base/database/sql.ts';

/** What an item is recognised by when its file turns up at another path. */
export interface ItemIdentity {
  id: number;
  rootCategory: string;
  relativePath: string;
  signature: string;
  sizeBytes: number;
  fingerprint: string | null;
  sha256: string | null;
  isMissing: boolean;
}

export async function readIdentities(database: Database, ids: readonly number[]): Promise<ItemIdentity[]> {
  if (ids.length === 0) return [];
  const rows = await database.read(sql`${selection} WHERE id IN (${numbersOf(database, ids)})`);
  return rows.map(toIdentity);
}

/** Reads the missing items of some categories whose files had one of these sizes. */
export async function readMissingOfSizes(
  database: Database,
  rootCategories: readonly string[],
  sizesBytes: readonly number[],
): Promise<ItemIdentity[]> {
  if (sizesBytes.length === 0 || rootCategories.length === 0) return [];
  const rows = await database.read(sql`
    ${selection}
    WHERE missing_since IS NOT NULL AND size_bytes IN (${numbersOf(database, sizesBytes)})
      AND root_category IN (${join(rootCategories)})
      AND shelf_id IN (SELECT id FROM shelves WHERE status = 'MISSING')`);
  return rows.map(toIdentity);
}

const selection = raw(
  'SELECT id, root_category, relative_path, signature, size_bytes, fingerprint, sha256, missing_since FROM media_items',
);

function toIdentity(row: RawRow): ItemIdentity {
  return {
    id: row.id as number,
    rootCategory: row.root_category as string,
    relativePath: row.relative_path as string,
    signature: row.signature as string,
    sizeBytes: Number(row.size_bytes),
    fingerprint: row.fingerprint as string | null,
    sha256: row.sha256 as string | null,
    isMissing: row.missing_since !== null,
  };
}
