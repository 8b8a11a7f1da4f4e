import type { Database } from '../../../base/database/database.ts';
import { sql } from '../../../base/database/sql.ts';

/** Reserves a key for an item's original, unless another item has it or the item has another one. */
export async function claimOriginalKey(database: Database, s3Key: string, mediaItemId: number): Promise<void> {
  await database.write(sql`
    INSERT INTO analysis_originals (s3_key, media_item_id, size_bytes) VALUES (${s3Key}, ${mediaItemId}, 0)
    ON CONFLICT DO NOTHING`);
}
