import type { Database } from '../../../base/database/database.ts';
import { join, raw, sql, type Sql } from '../../../base/database/sql.ts';
import { foldText } from '../../metadata/fold-text.ts';
import { folderBoundsOf } from '../../metadata/sort-keys.ts';
import { criterionOf, onAnyShelf, type Criterion } from './criterion.ts';
import { liesIn, type FolderPlace } from './direct-files.ts';
import { searchCandidates } from './search.ts';
import { sortColumnOf } from './sort-columns.ts';

/** Where the file of an item lies. */
export interface PathCriteria {
  folder?: FolderCriterion | undefined;
  /** Any of these, in lower case and without the dot. */
  extensions?: readonly string[] | undefined;
  /** All of these. */
  hierarchy?: readonly { level: string; value: string }[] | undefined;
}

interface FolderCriterion extends FolderPlace {
  /** Left out: with all folders below. */
  recursive?: boolean | undefined;
}

export function describePaths(database: Database, { folder, extensions, hierarchy }: PathCriteria): Criterion[] {
  return [
    ...(folder === undefined ? [] : [describeFolder(database, folder)]),
    ...(extensions === undefined ? [] : [describeExtensions(database, extensions)]),
    ...(hierarchy ?? []).map((step) => describeHierarchy(database, step)),
  ];
}

/** Returns the condition that the file of an item `m` lies in a folder or below it. */
function isBelowFolder({ category, path }: FolderPlace, c = (column: Sql) => column): Sql {
  const inRoot = sql`${c(sql`m.root_category`)} = ${category}`;
  if (path === '') return inRoot;
  // The folder is a range of paths: `0` is the byte after `/`.
  const relativePath = c(sql`m.relative_path`);
  return sql`${inRoot} AND ${relativePath} > ${`${path}/`} AND ${relativePath} < ${`${path}0`}`;
}

function describeFolder(database: Database, folder: FolderCriterion): Criterion {
  const bounds = folder.path === '' ? null : folderBoundsOf(folder.path);
  const ranges = (bounds === null ? [] : (['PATH', 'HIERARCHY'] as const)).map((order) => {
    const column = sortColumnOf(order).valueOf(database);
    return [order, sql`${column} >= ${bounds?.from} AND ${column} < ${bounds?.to}`] as const;
  });
  if (folder.recursive ?? true) {
    return { ...criterionOf(database, (c) => isBelowFolder(folder, c), onAnyShelf), ranges };
  }
  return { ...criterionOf(database, (c) => liesIn(database, folder, c), onAnyShelf), ranges };
}

function describeExtensions(database: Database, extensions: readonly string[]): Criterion {
  if (extensions.length === 0) return { condition: sql`1 = 0`, plain: sql`1 = 0`, candidates: [] };
  const endings = [...new Set(extensions)].map((extension) => `.${extension}`);
  const conditions = endings.map((ending) => sql`${lastCharacters(database, Array.from(ending).length)} = ${ending}`);
  const condition = sql`(${join(conditions, ' OR ')})`;
  // What is searched has the path.
  const each = endings.map((ending) => searchCandidates(database, [foldText(ending)]));
  const isIndexed = each.every((selects) => selects.length > 0);
  const selects = each.flat().map((select, index) => sql`SELECT id FROM (${select}) AS ${raw(`ending_${index}`)}`);
  return { condition, plain: condition, candidates: isIndexed ? [join(selects, ' UNION ALL ')] : [] };
}

/** The end of a name, of which ASCII's letters are lower. */
function lastCharacters({ provider }: Pick<Database, 'provider'>, count: number): Sql {
  const length = raw(String(count));
  return provider === 'sqlite' ? sql`lower(substr(m.filename, -${length}))` : sql`lower(right(m.filename, ${length}))`;
}

function describeHierarchy(database: Database, { level, value }: { level: string; value: string }): Criterion {
  const condition =
    database.provider === 'sqlite'
      ? sql`EXISTS (
          SELECT 1 FROM json_each(m.hierarchy) AS step
          WHERE step.value ->> 'name' = ${level} AND step.value ->> 'value' = ${value})`
      : sql`m.hierarchy @> ${JSON.stringify([{ name: level, value }])}::jsonb`;
  // It is the name of a folder or a file, so the path that is searched has it.
  return { condition, plain: condition, candidates: searchCandidates(database, [foldText(value)]) };
}
