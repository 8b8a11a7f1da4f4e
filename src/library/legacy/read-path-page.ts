import type SqliteDatabase from 'better-sqlite3';
import { maxPathLength } from './classify-model.ts';
import type { LegacyPage, LegacyPageRequest } from './legacy-page.ts';
import { capped, cappedId } from './select-legacy-models.ts';

export interface PathPage extends LegacyPage {
  /** `item` is a name for messages, such as `models/12`. */
  paths: { item: string; path: string }[];
}

/** The paths of all models, whatever else is wrong with them. */
export function readPathPage(database: SqliteDatabase.Database, { after, limit }: LegacyPageRequest): PathPage {
  const rows = database
    .prepare<unknown[], { rowid: string; id: unknown; path: unknown }>(
      `SELECT CAST(rowid AS TEXT) AS rowid, ${cappedId('id')}, ${capped('path', maxPathLength)} FROM models
      WHERE models.rowid > CAST(? AS NUMERIC) ORDER BY models.rowid LIMIT ?`,
    )
    .all(after, limit);
  const paths = rows.map(({ id, path }) => ({
    item: `models/${String(id)}`,
    path: typeof path === 'string' ? path : '',
  }));
  return { rows: rows.length, lastRowid: rows.at(-1)?.rowid ?? after, paths };
}
