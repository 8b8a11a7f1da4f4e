import type { FileDescription } from '../../metadata/describe-file.ts';
import type { Database } from '../../../base/database/database.ts';
import { dialectOf, sql, timestampOf } from '../../../base/database/sql.ts';
import { findByHash } from './find-by-hash.ts';
import { ensureShelves } from '../../catalogue/sql/shelves.ts';
import { storeItems } from '../../catalogue/sql/store-items.ts';

/** What an uploaded item has beside what a scan would find. */
interface UploadFacts {
  originalFilename: string | null;
  sha256: string;
  /** Null where the title is made from the filename. */
  title: { text: string; key: string } | null;
  description: string | null;
  searchText: string;
  uploadedBy: string | null;
}

export interface UploadedRow {
  category: { key: string; mediaType: string };
  file: FileDescription;
  facts: UploadFacts;
  /** Items with the same bytes that do not count. */
  exceptIds: readonly number[] | 'all';
  now: Date;
}

/**
 * Stores the row of an uploaded file, as a scan would, in place of one that a scan may have stored a moment ago. Returns
 * its id; or, without writing, the id of an item with the same bytes: two uploads at once cannot both be the first.
 */
export async function storeUpload(
  database: Database,
  { category, file, facts, exceptIds, now }: UploadedRow,
): Promise<{ id: number } | { duplicateOf: number }> {
  await ensureShelves(database, category.key, category.mediaType);
  const dialect = dialectOf(database);
  return database.transaction(async (transaction) => {
    await dialect.lock(transaction, facts.sha256);
    if (exceptIds !== 'all') {
      const known = await findByHash(transaction, facts.sha256);
      const other = known.find(
        (item) => !exceptIds.includes(item.id) && item.path !== `${category.key}/${file.relativePath}`,
      );
      if (other) return { duplicateOf: other.id };
    }
    await storeItems(transaction, category, [file], now, { revivesDeleted: true });
    const { title } = facts;
    const rows = await transaction.writeReturning(sql`
      UPDATE media_items SET
        original_filename = ${facts.originalFilename},
        sha256 = ${facts.sha256},
        title = ${title?.text ?? file.title},
        title_key = ${title?.key ?? file.titleKey},
        tag_title = NULL,
        title_set_by_person = ${title === null ? sql`false` : sql`true`},
        description = ${facts.description},
        search_text = ${facts.searchText},
        uploaded_by = ${facts.uploadedBy},
        uploaded_at = ${timestampOf(dialect, now)}
      WHERE root_category = ${category.key} AND relative_path = ${file.relativePath}
      RETURNING id`);
    return { id: Number(rows[0]?.id) };
  });
}
