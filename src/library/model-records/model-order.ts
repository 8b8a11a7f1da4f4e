import { raw, sql, timestampOf, type dialectOf, type Sql } from '../../base/database/sql.ts';

export const modelOrderFields = ['CREATED_AT', 'UPDATED_AT', 'NAME', 'SIZE'] as const;
type ModelOrderField = (typeof modelOrderFields)[number];

export interface ModelOrder {
  field: ModelOrderField;
  descending: boolean;
}

export const newestFirst: ModelOrder = { field: 'CREATED_AT', descending: true };

/** A place in a list: what its order compares (times in milliseconds), and the hash that decides between equals. */
export interface ModelPosition {
  value: string | number;
  sha256: string;
}

/** What each order compares; each has its index, together with the hash. */
const expressions: Record<ModelOrderField, Sql> = {
  CREATED_AT: raw('m.created_at'),
  UPDATED_AT: raw('coalesce(m.updated_at, m.created_at)'),
  NAME: raw(`coalesce(m.name_key, '')`),
  SIZE: raw('coalesce(m.size_bytes, -1)'),
};

export function expressionOf({ field }: ModelOrder): Sql {
  return expressions[field];
}

/** Returns the condition that a model comes after a position, in the direction that is read. */
export function isBeyond(
  dialect: ReturnType<typeof dialectOf>,
  { field, descending }: ModelOrder,
  { value, sha256 }: ModelPosition,
  backward: boolean,
): Sql {
  const isTime = field === 'CREATED_AT' || field === 'UPDATED_AT';
  const limit = isTime ? timestampOf(dialect, new Date(value)) : sql`${value}`;
  const [beyond, orEqual] = descending === backward ? [raw('>'), raw('>=')] : [raw('<'), raw('<=')];
  // The first comparison is the one that an index begins at.
  const expression = expressions[field];
  return sql`${expression} ${orEqual} ${limit} AND (${expression} ${beyond} ${limit} OR m.sha256 ${beyond} ${sha256})`;
}
