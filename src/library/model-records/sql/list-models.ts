import type { Database, RawRow, Sql } from '../../../base/database/database.ts';
import { expressionOf, isBeyond, type ModelOrder, type ModelPosition } from '../model-order.ts';
import { isStorableText } from '../../../base/text.ts';
import { dialectOf, empty, join, raw, sql, toDate, toOptionalDate } from '../../../base/database/sql.ts';

/** A model record as clients see it; it is found by its SHA-256. */
export interface ModelRecord {
  id: string;
  sha256: string;
  path: string;
  legacyPath: string | null;
  name: string | null;
  type: string | null;
  sizeBytes: number | null;
  createdAt: Date;
  /** When a person last changed it; null where nobody did. */
  updatedAt: Date | null;
  meta: unknown;
}

/** A model in a list, with the value that its order compares; times in milliseconds. */
export type ListedModel = ModelRecord & { sortValue: string | number };

/** A record that waits for its hash. */
export interface PendingRecord extends Omit<ModelRecord, 'id' | 'sha256' | 'legacyPath' | 'updatedAt'> {
  id: number;
  legacyPath: string;
  sha256: string | null;
}

export interface ModelCriteria {
  /** A part of the name or the path, normalised in the same way as the search text. */
  search?: string | undefined;
  /** Ids of tags, all of which the model has. */
  tagIds?: readonly number[] | undefined;
  type?: string | undefined;
}

interface ListStatement<Position> {
  /** Only rows after this position, in the direction of the list. */
  after: Position | null;
  backward: boolean;
  limit: number;
}

/** A page of the models, in an order. */
export async function listModels(
  database: Database,
  criteria: ModelCriteria,
  order: ModelOrder,
  { after, backward, limit }: ListStatement<ModelPosition>,
): Promise<ListedModel[]> {
  const conditions = modelConditions(database, criteria, order.field !== 'CREATED_AT');
  if (after !== null) conditions.push(isBeyond(dialectOf(database), order, after, backward));
  const direction = raw(order.descending === backward ? 'ASC' : 'DESC');
  const expression = expressionOf(order);
  const rows = await database.read(sql`
    SELECT ${expression} AS sort_value, ${modelColumns} FROM models AS m ${where(conditions)}
    ORDER BY ${expression} ${direction}, m.sha256 ${direction} LIMIT ${limit}`);
  return rows.map((row) => ({ ...toModelRecord(row), sortValue: toSortValue(row.sort_value) }));
}

const modelColumns = raw(
  'm.sha256, m.path, m.legacy_path, m.name, m.type, m.size_bytes, m.created_at, m.updated_at, m.meta_json',
);

function toSortValue(value: unknown): string | number {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'bigint' ? Number(value) : (value as string | number);
}

export async function countModels(database: Database, criteria: ModelCriteria): Promise<number> {
  const conditions = modelConditions(database, criteria);
  const [row] = await database.read(sql`SELECT count(*) AS models FROM models AS m ${where(conditions)}`);
  return Number(row?.models ?? 0);
}

interface PendingCriteria {
  /** A part of the name or the path, normalised in the same way as the search text. */
  search?: string | undefined;
  /** Whether the record remembers its hash. */
  isHashed?: boolean | undefined;
}

/** A page of the pending imports, in the order of their ids. */
export async function listPendingImports(
  database: Database,
  criteria: PendingCriteria,
  { after, backward, limit }: ListStatement<number>,
): Promise<PendingRecord[]> {
  const conditions = pendingConditions(database, criteria);
  if (after !== null) conditions.push(sql`p.id ${raw(backward ? '<' : '>')} ${after}`);
  const rows = await database.read(sql`
    SELECT p.id, p.path, p.legacy_path, p.sha256, p.name, p.type, p.size_bytes, p.created_at, p.meta_json
    FROM pending_import AS p ${where(conditions)} ORDER BY p.id ${raw(backward ? 'DESC' : 'ASC')} LIMIT ${limit}`);
  return rows.map((row) => ({
    ...toRecord(row),
    id: row.id as number,
    legacyPath: row.legacy_path as string,
    sha256: row.sha256 as string | null,
  }));
}

export async function countPendingImports(database: Database, criteria: PendingCriteria): Promise<number> {
  const conditions = pendingConditions(database, criteria);
  const [row] = await database.read(sql`SELECT count(*) AS imports FROM pending_import AS p ${where(conditions)}`);
  return Number(row?.imports ?? 0);
}

/** The types that models have, with the number of their models, by name. */
export async function listModelTypes(database: Database): Promise<{ name: string; modelCount: number }[]> {
  const rows = await database.read(sql`
    SELECT m.type, count(*) AS models FROM models AS m WHERE m.type IS NOT NULL GROUP BY m.type ORDER BY m.type`);
  return rows.map(({ type, models }) => ({ name: type as string, modelCount: Number(models) }));
}

/** The models with these hashes, in any order. */
export async function findModels(database: Database, hashes: readonly string[]): Promise<ModelRecord[]> {
  if (hashes.length === 0) return [];
  const rows = await database.read(sql`
    SELECT ${modelColumns} FROM models AS m WHERE m.sha256 IN (${join([...hashes])})`);
  return rows.map(toModelRecord);
}

/** The models with these paths; of several with one path, the newest comes last. */
export async function findModelsOfPaths(database: Database, paths: readonly string[]): Promise<ModelRecord[]> {
  const wanted = paths.filter(isStorableText);
  if (wanted.length === 0) return [];
  const rows = await database.read(sql`
    SELECT ${modelColumns} FROM models AS m WHERE m.path IN (${join(wanted)}) ORDER BY m.created_at, m.sha256`);
  return rows.map(toModelRecord);
}

function modelConditions(database: Database, { search, tagIds, type }: ModelCriteria, hasOtherOrder = false): Sql[] {
  // The plus keeps SQLite from sorting all models of a common type, where the index of the order has them sorted already.
  const column = raw(hasOtherOrder && database.provider === 'sqlite' ? '+m.type' : 'm.type');
  const tags = (tagIds ?? []).map(
    (tagId) => sql`EXISTS (SELECT 1 FROM model_tags AS l WHERE l.sha256 = m.sha256 AND l.tag_id = ${tagId})`,
  );
  return [
    ...(search === undefined ? [] : [dialectOf(database).contains(sql`m.search_text`, search)]),
    ...(type === undefined ? [] : [sql`${column} = ${type}`]),
    ...tags,
  ];
}

function pendingConditions(database: Database, { isHashed, search }: PendingCriteria): Sql[] {
  return [
    ...(search === undefined ? [] : [dialectOf(database).contains(sql`p.search_text`, search)]),
    ...(isHashed === undefined ? [] : [sql`p.sha256 IS ${isHashed ? raw('NOT NULL') : raw('NULL')}`]),
  ];
}

function where(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? empty : sql`WHERE ${join([...conditions], ' AND ')}`;
}

function toModelRecord(row: RawRow): ModelRecord {
  const sha256 = row.sha256 as string;
  return {
    ...toRecord(row),
    id: sha256,
    sha256,
    legacyPath: row.legacy_path as string | null,
    updatedAt: toOptionalDate(row.updated_at),
  };
}

function toRecord(row: RawRow) {
  return {
    path: row.path as string,
    name: row.name as string | null,
    type: row.type as string | null,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    createdAt: toDate(row.created_at),
    // SQLite gives JSON as text, PostgreSQL as the value itself.
    meta: typeof row.meta_json === 'string' ? (JSON.parse(row.meta_json) as unknown) : row.meta_json,
  };
}
