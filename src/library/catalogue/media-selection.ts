import type { Database } from '../../base/database/database.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { mediaNumberOf } from '../../base/public-id.ts';
import { freezeRange, type FrozenRange, type MediaRange } from './media-range.ts';
import { selectMedia, type MediaFilter } from './select-media.ts';
import { readHighestId } from './sql/list-shuffled.ts';

/** Which items somebody means: those that they name, those that a filter means, or a part of a list. */
export interface MediaSelection {
  /** Public IDs. */
  ids?: readonly string[] | null | undefined;
  filter?: MediaFilter | null | undefined;
  between?: MediaRange | null | undefined;
  /** Public IDs of items that the filter or the range means and they do not. */
  except?: readonly string[] | null | undefined;
}

/**
 * A selection as a job keeps it, in plain JSON. Items with a higher id came later and are not meant, nor is one that is not
 * among `only`, ids as `packIds` packs them.
 */
export type FrozenSelection = { highestId: number } & (
  | { ids: number[] }
  | { filter: Stored<MediaFilter>; except: number[]; range?: FrozenRange; only?: string }
  /** Whatever was deleted at that moment. */
  | { deletedAt: string }
);

/** As it is after a way through JSON. */
type Stored<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Stored<T[K]> } : T;

/**
 * Checks a selection, and makes of it what a job can keep. Throws InvalidInputError for one that names nothing, or names
 * it in two ways, and what `selectMedia` and `freezeRange` throw.
 */
export async function freezeSelection(
  database: Database,
  configuredCategories: readonly string[],
  { ids, filter, between, except }: MediaSelection,
): Promise<FrozenSelection> {
  const ways = [ids, filter, between].filter((way) => way !== null && way !== undefined).length;
  if (ways > 1) throw new InvalidInputError('selection', 'Give one of `ids`, `filter` and `between`, not several.');
  if (ways === 0) {
    throw new InvalidInputError(
      'selection',
      'Give `ids`, a `filter` or `between`; an empty filter means every item that is not deleted.',
    );
  }
  if (ids && except) {
    throw new InvalidInputError('selection.except', '`except` goes with `filter` or `between`, not with `ids`.');
  }
  if (ids?.length === 0) throw new InvalidInputError('selection.ids', 'Name at least one item.');
  const highestId = await readHighestId(database);
  if (ids) return { highestId, ids: toNumbers('selection.ids', ids) };
  const wanted = between?.filter ?? filter ?? {};
  const at = between ? 'selection.between' : 'selection';
  const list = await selectMedia(database, configuredCategories, wanted).catch(inside(at));
  const range = between ? { range: await freezeRange(database, list, between).catch(inside(at)) } : {};
  const stored = JSON.parse(JSON.stringify(wanted)) as Stored<MediaFilter>;
  return { highestId, filter: stored, except: toNumbers('selection.except', except ?? []), ...range };
}

/** Returns the filter that was stored. */
export function reviveFilter(stored: Stored<MediaFilter>): MediaFilter {
  return {
    ...stored,
    modifiedAt: toDates(stored.modifiedAt),
    createdAt: toDates(stored.createdAt),
    capturedAt: toDates(stored.capturedAt),
    deletedAt: toDates(stored.deletedAt),
    missingSince: toDates(stored.missingSince),
  };
}

function toDates(range: { gte?: string | undefined; lt?: string | undefined } | undefined): MediaFilter['createdAt'] {
  if (range === undefined) return undefined;
  const { gte, lt } = range;
  return { gte: gte === undefined ? undefined : new Date(gte), lt: lt === undefined ? undefined : new Date(lt) };
}

/** Returns the numbers in ascending order, each once. */
function toNumbers(field: string, ids: readonly string[]): number[] {
  const numbers = ids.map((id) => {
    const number = mediaNumberOf(id);
    if (number === null) throw new InvalidInputError(field, `"${id.slice(0, 80)}" is not the ID of a media item.`);
    return number;
  });
  return [...new Set(numbers)].toSorted((one, other) => one - other);
}

/** What was refused stands within that field. */
function inside(field: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof InvalidInputError ? new InvalidInputError(`${field}.${error.field}`, error.message) : error;
  };
}
