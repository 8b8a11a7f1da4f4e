import type SqliteDatabase from 'better-sqlite3';
import { classifyHash } from './classify-model.ts';
import type { LegacyPage, LegacyPageInput } from './read-legacy-page.task.ts';

/** Links of one kind, as the statement that stores them takes them. */
export interface LinkRows {
  rows: string;
  count: number;
  /** For messages: `model_tags/<model>-<tag>`, in the order of the rows. */
  items: string[];
}

export interface LinkPage extends LegacyPage {
  /** `[sha256, tagId]`. */
  modelTags: LinkRows;
  /** `[pendingId, tagId, legacyPath]`. */
  pendingModelTags: LinkRows;
  /** Links whose model, or the column that names it, is nothing at all. */
  withoutModel: string[];
}

interface Link {
  row: unknown[];
  item: string;
}

interface LinkRow {
  rowid: string;
  model_id: unknown;
  tag_id: unknown;
  path: unknown;
  hash_hex: unknown;
  known_id: number | null;
}

export function readLinkPage(
  database: SqliteDatabase.Database,
  { after, limit, tagAliases }: LegacyPageInput,
): LinkPage {
  const rows = database
    .prepare<unknown[], LinkRow>(
      `SELECT CAST(l.rowid AS TEXT) AS rowid, l.model_id, l.tag_id, m.path, m.hash_hex, m.id AS known_id
      FROM model_tags AS l
      LEFT JOIN models AS m ON m.rowid = (SELECT min(rowid) FROM models AS first WHERE first.id = l.model_id)
      WHERE l.rowid > CAST(? AS INTEGER) ORDER BY l.rowid LIMIT ?`,
    )
    .all(after, limit);
  const aliases = new Map<unknown, number>(tagAliases);
  const modelTags: Link[] = [];
  const pendingModelTags: Link[] = [];
  const withoutModel: string[] = [];
  for (const { model_id: modelId, tag_id: legacyTagId, path, hash_hex: hash, known_id: knownId } of rows) {
    const item = `model_tags/${String(modelId)}-${String(legacyTagId)}`;
    const tagId = aliases.get(legacyTagId) ?? (Number.isSafeInteger(legacyTagId) ? legacyTagId : 0);
    const { sha256 } = classifyHash(hash);
    if (knownId === null) withoutModel.push(item);
    else if (sha256 === null) pendingModelTags.push({ row: [knownId, tagId, path], item });
    else modelTags.push({ row: [sha256, tagId], item });
  }
  return {
    rows: rows.length,
    lastRowid: rows.at(-1)?.rowid ?? after,
    modelTags: toRows(modelTags),
    pendingModelTags: toRows(pendingModelTags),
    withoutModel,
  };
}

function toRows(links: readonly Link[]): LinkRows {
  return {
    rows: JSON.stringify(links.map(({ row }) => row)),
    count: links.length,
    items: links.map(({ item }) => item),
  };
}
