import type SqliteDatabase from 'better-sqlite3';
import { classifyHash, isLegacyId, isLegacyPath, maxPathLength } from './classify-model.ts';
import type { LegacyPage, LegacyPageRequest, TagAliases } from './legacy-page.ts';
import { isTagName, maxTagNameLength } from './read-tag-page.ts';
import { capped, cappedHash, cappedId } from './select-legacy-models.ts';

/** Links of one kind, in the form that the statement that stores them needs. */
export interface LinkRows {
  rows: string;
  count: number;
  /** Names for messages, `model_tags/<model>-<tag>`, in the order of the rows. */
  items: string[];
  /** Such names of links whose model or tag is not taken over. */
  orphans: string[];
}

export interface LinkPage extends LegacyPage {
  /** `[sha256, tagId]`. */
  modelTags: LinkRows;
  /** `[pendingId, tagId, legacyPath]`. */
  pendingModelTags: LinkRows;
}

interface Link {
  /** Null where its model or its tag is not taken over. */
  row: unknown[] | null;
  item: string;
}

interface LinkRow {
  rowid: string;
  model_id: unknown;
  tag_id: unknown;
  path: unknown;
  hash_hex: unknown;
  known_id: unknown;
  known_tag_id: unknown;
  tag_name: unknown;
}

export function readLinkPage(
  database: SqliteDatabase.Database,
  { after, limit, tagAliases }: LegacyPageRequest,
): LinkPage {
  const rows = database
    .prepare<unknown[], LinkRow>(
      `SELECT CAST(l.rowid AS TEXT) AS rowid, ${cappedId('l.model_id', 'model_id')}, ${cappedId('l.tag_id', 'tag_id')},
        ${cappedId('m.id', 'known_id')}, ${capped('m.path', maxPathLength, 'path')}, ${cappedHash('m.hash_hex', 'hash_hex')},
        ${cappedId('t.id', 'known_tag_id')}, ${capped('t.name', maxTagNameLength, 'tag_name')}
      FROM model_tags AS l
      LEFT JOIN models AS m ON m.rowid = (SELECT min(rowid) FROM models AS first WHERE first.id = l.model_id)
      LEFT JOIN tags AS t ON t.rowid = (SELECT min(rowid) FROM tags AS first WHERE first.id = l.tag_id)
      WHERE l.rowid > CAST(? AS NUMERIC) ORDER BY l.rowid LIMIT ?`,
    )
    .all(after, limit);
  const aliases = new Map(tagAliases);
  const modelTags: Link[] = [];
  const pendingModelTags: Link[] = [];
  for (const row of rows) {
    const { model_id: modelId, tag_id: legacyTagId, path, hash_hex: hash, known_id: knownId } = row;
    const item = `model_tags/${String(modelId)}-${String(legacyTagId)}`;
    const tagId = tagOf(row, aliases);
    const { sha256 } = classifyHash(hash);
    const isWhole = tagId !== null && isLegacyId(knownId) && isLegacyPath(path);
    if (knownId === null) modelTags.push({ row: null, item });
    else if (sha256 === null) pendingModelTags.push({ row: isWhole ? [knownId, tagId, path] : null, item });
    else modelTags.push({ row: isWhole ? [sha256, tagId] : null, item });
  }
  return {
    rows: rows.length,
    lastRowid: rows.at(-1)?.rowid ?? after,
    modelTags: toRows(modelTags),
    pendingModelTags: toRows(pendingModelTags),
  };
}

/** The id of the tag here; null where it was not taken over, and its id may belong to another tag. */
function tagOf({ known_tag_id: id, tag_name: name }: LinkRow, aliases: TagAliases): number | null {
  if (!isLegacyId(id) || !isTagName(name)) return null;
  const alias = aliases.get(id);
  return alias === undefined ? id : alias;
}

function toRows(links: readonly Link[]): LinkRows {
  const known = links.filter(({ row }) => row !== null);
  return {
    rows: JSON.stringify(known.map(({ row }) => row)),
    count: known.length,
    items: known.map(({ item }) => item),
    orphans: links.filter(({ row }) => row === null).map(({ item }) => item),
  };
}
