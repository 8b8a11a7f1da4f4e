import type SqliteDatabase from 'better-sqlite3';
import { isStorableText } from '../addressing/storable-text.ts';
import { isLegacyId } from './classify-model.ts';
import type { LegacyIssue } from './legacy-issue.ts';
import type { LegacyPage, LegacyPageInput } from './read-legacy-page.task.ts';
import { capped } from './select-legacy-models.ts';

export interface TagPage extends LegacyPage {
  /** `[id, name]` of those that can be taken over, as JSON. */
  tags: string;
  count: number;
  /** Why the others cannot. */
  errors: LegacyIssue[];
}

export function readTagPage(database: SqliteDatabase.Database, { after, limit }: LegacyPageInput): TagPage {
  const rows = database
    .prepare<unknown[], { rowid: string; id: unknown; name: unknown }>(
      `SELECT CAST(rowid AS TEXT) AS rowid, id, ${capped('name', longestName)} FROM tags WHERE tags.rowid > CAST(? AS INTEGER) ORDER BY tags.rowid LIMIT ?`,
    )
    .all(after, limit);
  const tags: [number, string][] = [];
  const errors: LegacyIssue[] = [];
  for (const { id, name } of rows) {
    const item = `tags/${String(id)}`;
    if (!isLegacyId(id)) errors.push({ item, code: 'INVALID_ID', message: 'Its id is no whole number from 1 on.' });
    else if (typeof name !== 'string' || name === '' || !isStorableText(name)) {
      const message = `Its name is no text, empty, over ${longestName} bytes, or holds a NUL.`;
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

const longestName = 1000;
