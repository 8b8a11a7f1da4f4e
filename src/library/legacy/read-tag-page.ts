import type SqliteDatabase from 'better-sqlite3';
import { isStorableText } from '../../base/text.ts';
import { isLegacyId } from './classify-model.ts';
import type { LegacyIssue } from './migration-report.ts';
import type { LegacyPage, LegacyPageRequest } from './legacy-page.ts';
import { capped, cappedId } from './select-legacy-models.ts';

export interface TagPage extends LegacyPage {
  /** `[id, name]` of the tags that can be taken over, as JSON. */
  tags: string;
  count: number;
  /** Why other tags cannot be taken over. */
  errors: LegacyIssue[];
}

interface TagRow {
  rowid: string;
  id: unknown;
  name: unknown;
  /** 1 where an earlier tag has the id, which is possible in a database that was edited. */
  is_repeated: number;
}

export function readTagPage(database: SqliteDatabase.Database, { after, limit }: LegacyPageRequest): TagPage {
  const rows = database
    .prepare<unknown[], TagRow>(
      `SELECT CAST(rowid AS TEXT) AS rowid, ${cappedId('id')}, ${capped('name', maxTagNameLength)},
        EXISTS (SELECT 1 FROM tags AS earlier WHERE earlier.id = tags.id AND earlier.rowid < tags.rowid) AS is_repeated
      FROM tags WHERE tags.rowid > CAST(? AS NUMERIC) ORDER BY tags.rowid LIMIT ?`,
    )
    .all(after, limit);
  const tags: [number, string][] = [];
  const errors: LegacyIssue[] = [];
  for (const { id, name, is_repeated: isRepeated } of rows) {
    const item = `tags/${String(id)}`;
    if (!isLegacyId(id)) errors.push({ item, code: 'INVALID_ID', message: 'Its id is no whole number from 1 on.' });
    else if (isRepeated === 1) {
      const message = 'An earlier tag has its id, and whatever links to the id means that one.';
      errors.push({ item, code: 'DUPLICATE_TAG_ID', message });
    } else if (!isTagName(name)) {
      const message = `Its name is no text, empty, over ${maxTagNameLength} bytes, or holds a NUL.`;
      errors.push({ item, code: 'INVALID_NAME', message });
    } else tags.push([id, name]);
  }
  return {
    rows: rows.length,
    lastRowid: rows.at(-1)?.rowid ?? after,
    tags: JSON.stringify(tags),
    count: tags.length,
    errors,
  };
}

/** Whether a tag of that name can be taken over. */
export function isTagName(name: unknown): name is string {
  return typeof name === 'string' && name !== '' && isStorableText(name);
}

export const maxTagNameLength = 1000;
