import PQueue from 'p-queue';
import type { FilmPart } from '../../../base/films/film.ts';
import { type FilmParts, partAt } from '../film-parts.ts';
import type { LocateTilesResult } from './locate-tiles.task.ts';

export interface FetchTilesOptions {
  /** Tells what of the tiles is not here yet; null where that failed. */
  locate(stride: number): Promise<LocateTilesResult | null>;
  /** Bytes that are fetched of the largest film. */
  maxBytes?: number;
  /** How long fetching may take. */
  maxMs?: number;
}

/**
 * Brings here what the tiles of a storyboard are decoded from, and little else: first for a few tiles from all over the film,
 * then for those between them, as far as the limits allow. Returns the stride of the tiles that are here, so that the whole
 * film is shown, only more coarsely; null where there are none. Throws what the source of the film throws.
 */
export async function fetchTiles(
  film: FilmParts,
  { locate, maxBytes = 128 * 2 ** 20, maxMs = 60_000 }: FetchTilesOptions,
): Promise<number | null> {
  const deadline = performance.now() + maxMs;
  const isLate = () => performance.now() > deadline;
  const limitBytes = Math.min(maxBytes, Math.max(leastBytes, film.sizeBytes * largestShare));
  let leftBytes = limitBytes;
  let tileBytes = 0;
  let count: number | null = null;
  let reached: number | null = null;

  /** Fetches all of it or, where it is too much, nothing; false then, and where time is over. */
  async function fetchAll(wanted: readonly FilmPart[]): Promise<boolean> {
    const bytes = wanted.reduce((sum, { start, end }) => sum + end - start, 0);
    if (bytes > leftBytes || isLate()) return false;
    leftBytes -= bytes;
    if (count !== null) tileBytes += bytes;
    await fetchSideBySide(film, wanted, isLate);
    return !isLate();
  }

  /** Fetches until nothing is missing for the tiles of a stride; false where a limit comes first. */
  async function fetchStride(stride: number): Promise<boolean> {
    for (;;) {
      const found = await locate(stride);
      if (!found?.ok) return false;
      ({ count } = found);
      if (found.missing.length === 0) return true;
      const wanted = partsFor(found.missing, film, count === null ? headBytes : frameBytes);
      if (count === null && film.parts.length >= maxHeadParts) return false;
      if (!(await fetchAll(wanted))) return false;
    }
  }

  /** Whether the tiles will probably fit, by what those before them took. */
  function isAffordable(stride: number): boolean {
    if (count === null || reached === null) return true;
    const before = Math.ceil(count / reached);
    const expectedBytes = (tileBytes / before) * (Math.ceil(count / stride) - before);
    return Math.min(expectedBytes, film.sizeBytes - (limitBytes - leftBytes)) <= leftBytes;
  }

  if (!(await fetchAll([{ start: 0, end: Math.min(headBytes, film.sizeBytes) }]))) return null;
  for (const stride of strides) {
    const isTooCoarse = stride > 1 && count !== null && count < stride * fewTiles;
    if (isTooCoarse) continue;
    if (!isAffordable(stride) || !(await fetchStride(stride))) break;
    reached = stride;
  }
  return reached;
}

/** Plans what to fetch where bytes are missing, without what is here or planned already. */
function partsFor(missing: readonly number[], film: FilmParts, leastBytesEach: number): FilmPart[] {
  const planned: FilmPart[] = [];
  for (const position of missing.toSorted((a, b) => a - b)) {
    if (planned.some(({ start, end }) => start <= position && position < end)) continue;
    const { end } = partAt(position, leastBytesEach, film.parts);
    const next = film.parts.reduce(
      (nearest, { start }) => (start > position ? Math.min(nearest, start) : nearest),
      film.sizeBytes,
    );
    planned.push({ start: position, end: Math.min(end, next) });
  }
  return planned;
}

/** After a failure, and when time is over, nothing more is begun; it returns when nothing is under way any more. */
async function fetchSideBySide(film: FilmParts, wanted: readonly FilmPart[], isLate: () => boolean): Promise<void> {
  const queue = new PQueue({ concurrency: fetchesAtOnce });
  let hasFailed = false;
  const results = await Promise.allSettled(
    wanted.map((part) =>
      queue.add(async () => {
        if (hasFailed || isLate()) return;
        await film.fetch(part).catch((error: unknown) => {
          hasFailed = true;
          throw error;
        });
      }),
    ),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** A storyboard costs at most this share of its film, so that it is always far less than to look at the film. */
const largestShare = 1 / 4;
/** A small film may be fetched as a whole: its index and key frames are most of it. */
const leastBytes = 16 * 2 ** 20;

/** What is read first: the headers, and where they are told of, the index. */
export const headBytes = 2 ** 20;
/** A film whose headers are in more places, such as one of fragments without an index, would have to be read to its end. */
const maxHeadParts = 32;
/** Key frames of films in HD have so much; a larger one is fetched in more parts, each twice the one before. */
const frameBytes = 256 * 2 ** 10;
const fetchesAtOnce = 4;

/** Each is a multiple of the next: what was fetched for one is needed for all that follow. */
const strides = [16, 4, 2, 1];
/** Fewer tiles tell too little of a film to be worth a round of their own. */
const fewTiles = 8;
