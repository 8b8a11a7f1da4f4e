import type { ModelOrder } from '../generated/graphql.ts';

/** What an address says of the list of models. */
export interface ModelsView {
  q?: string;
  kind?: string;
  /** Numbers of tags, all of which a model has. */
  tags?: number[];
  order?: SortName;
}

type SortName = 'CREATED_AT:DESC' | 'UPDATED_AT:DESC' | 'NAME:ASC' | 'SIZE:DESC';
export const sortNames = ['CREATED_AT:DESC', 'UPDATED_AT:DESC', 'NAME:ASC', 'SIZE:DESC'] as const;

const mostTags = 20;
const largestTag = 2_147_483_647;

/** Reads the parameters of an address, which anybody may have written: what makes no sense is left out. */
export function readModelsView({ kind, order, q, tags }: Record<string, unknown>): ModelsView {
  const given = Array.isArray(tags) ? (tags as unknown[]) : [tags];
  const ids = [...new Set(given.map(Number))].filter((id) => Number.isInteger(id) && id > 0 && id <= largestTag);
  const known = sortNames.find((name) => name === order);
  return {
    ...(isText(q) && { q: q.slice(0, 200) }),
    ...(isText(kind) && { kind }),
    ...(ids.length > 0 && { tags: ids.slice(0, mostTags) }),
    ...(known !== undefined && known !== sortNames[0] && { order: known }),
  };
}

/** What the service is asked for. */
export function toModelsQuery({ kind, order = sortNames[0], q, tags }: ModelsView) {
  const [field, direction] = order.split(':') as [ModelOrder['field'], NonNullable<ModelOrder['direction']>];
  return { search: q ?? null, type: kind ?? null, tagIds: tags ?? null, orderBy: { field, direction } };
}

/** How many filters are in force. */
export function countModelFilters({ kind, q, tags = [] }: ModelsView): number {
  return (q === undefined ? 0 : 1) + (kind === undefined ? 0 : 1) + tags.length;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
