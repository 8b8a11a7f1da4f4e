import type { Database } from '../../base/database/database.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { mediaNumberOf } from '../../base/public-id.ts';
import { decodeCursor, decodeShuffledCursor } from './cursor.ts';
import { findPosition } from './find-place.ts';
import type { MediaOrder } from './media-order.ts';
import type { MediaFilter, SelectedMedia } from './select-media.ts';
import { bitsFor, createShuffle } from './shuffle.ts';
import type { SortPosition } from './sql/list-media.ts';
import { readHighestId } from './sql/list-shuffled.ts';
import type { SortField } from './sql/sort-columns.ts';

/** A part of a list: everything from one of its items to another one, whichever of the two comes first. */
export interface MediaRange {
  /** The public ID of an item that is in the list, or a cursor, which is a place in it whatever became of its item. */
  from: string;
  to: string;
  filter: MediaFilter;
  order: MediaOrder;
}

/** Between two positions, both included, in plain JSON; in random order between two ranks. */
export type FrozenRange =
  | { field: SortField; low: SortPosition; high: SortPosition }
  | { field: 'RANDOM'; seed: number; bits: number; low: number; high: number };

/**
 * Finds where a range begins and ends. `list` is what its filter means. Throws InvalidInputError, whose field stands within
 * the range, for an end that is not in the list, and for a cursor of another list.
 */
export async function freezeRange(
  database: Database,
  list: SelectedMedia,
  { from, to, order: { field, seed, from: begin } }: MediaRange,
): Promise<FrozenRange> {
  if (begin !== undefined) {
    throw new InvalidInputError('orderBy.from', 'A range has its own ends: leave `from` out of its order.');
  }
  if (field !== 'RANDOM') {
    const ends = [await findEnd('from', from), await findEnd('to', to)] as const;
    const [low, high] = comparePositions(...ends) <= 0 ? ends : ([ends[1], ends[0]] as const);
    return { field, low, high };
  }
  if (seed === undefined) {
    throw new InvalidInputError('orderBy.seed', 'A range of a list in random order needs the seed of the list.');
  }
  return freezeShuffled(seed);

  async function findEnd(name: 'from' | 'to', end: string): Promise<SortPosition> {
    const id = mediaNumberOf(end);
    const sorted = field === 'RANDOM' ? 'CREATED_AT' : field;
    if (id === null) return decodeCursor(name, end, sorted);
    const position = await findPosition(database, list, sorted, id);
    if (position === null) throw gone(name, end);
    return position;
  }

  async function freezeShuffled(ofSeed: number): Promise<FrozenRange> {
    const places = { from: await findRank('from', from, ofSeed), to: await findRank('to', to, ofSeed) };
    const began = new Set([places.from, places.to].flatMap((place) => ('bits' in place ? [place.bits] : [])));
    if (began.size > 1) {
      throw new InvalidInputError(
        'to',
        'The two cursors are of lists that were begun at different times: take both from one.',
      );
    }
    // An ID tells nothing of the list that it was seen in: beside a cursor it is of the same one.
    const [bits = bitsFor(await readHighestId(database))] = began;
    const shuffle = createShuffle(ofSeed, bits);
    const toRank = (name: 'from' | 'to') => {
      const place = places[name];
      if ('rank' in place) return place.rank;
      if (place.id >= 2 ** bits) throw gone(name, name === 'from' ? from : to);
      return shuffle.rankOf(place.id);
    };
    const ranks = [toRank('from'), toRank('to')];
    return { field: 'RANDOM', seed: ofSeed, bits, low: Math.min(...ranks), high: Math.max(...ranks) };
  }

  async function findRank(
    name: 'from' | 'to',
    end: string,
    ofSeed: number,
  ): Promise<{ id: number } | { bits: number; rank: number }> {
    const id = mediaNumberOf(end);
    if (id === null) return decodeShuffledCursor(name, end, ofSeed);
    await findEnd(name, end);
    return { id };
  }
}

function gone(name: string, end: string): InvalidInputError {
  return new InvalidInputError(
    name,
    `The item "${end}" is not in the list, or not any more: give one that the filter means, or the cursor that the list had for it.`,
  );
}

/** Compares two positions of one order as the databases do: texts by their code points. */
function comparePositions(one: SortPosition, other: SortPosition): number {
  if (typeof one.value === 'string' && typeof other.value === 'string') {
    return Buffer.compare(Buffer.from(one.value), Buffer.from(other.value)) || one.id - other.id;
  }
  return Number(one.value) - Number(other.value) || one.id - other.id;
}
