import type { Database } from '../../../base/database/database.ts';
import { raw, sql, type Sql } from '../../../base/database/sql.ts';

/** A folder of a category's root. */
export interface FolderPlace {
  /** The category whose root has the folder. */
  category: string;
  /** From the root, without a slash at its end; empty for the root itself. */
  path: string;
}

/** Returns the condition that the file of an item `m` lies in a folder itself. */
export function liesIn(
  { provider }: Pick<Database, 'provider'>,
  folder: FolderPlace,
  c = (column: Sql) => column,
): Sql {
  // The expression is that of the index, sign for sign: see the migrations.
  const place =
    provider === 'sqlite'
      ? raw('substr(m.relative_path, 1, length(m.relative_path) - length(m.filename))')
      : raw('"left"(m.relative_path, length(m.relative_path) - length(m.filename))');
  // Few roots have a folder of the same path, and many items the same root.
  const inRoot = provider === 'sqlite' ? sql`+m.root_category` : sql`m.root_category`;
  return sql`${c(place)} = ${folder.path === '' ? '' : `${folder.path}/`} AND ${inRoot} = ${folder.category}`;
}
