import { afterEach, expect, it, vi } from 'vitest';
import type { FilmPart } from '../../../../src/base/films/film.ts';
import type { FilmParts } from '../../../../src/library/delivery/film-parts.ts';
import { fetchTiles } from '../../../../src/library/delivery/storyboards/fetch-tiles.ts';

const kib = 2 ** 10;
const mib = 2 ** 20;

afterEach(() => vi.restoreAllMocks());

interface FakeFilm {
  sizeBytes: number;
  /** Tiles of its storyboard, which stand at equal distances in it. */
  count: number;
  frameBytes: number;
  /** Places of the headers, which are all needed before a tile can be looked for. */
  heads?: number[];
  fetch?: (part: FilmPart) => Promise<void>;
}

/** A film of which only is known what is needed for which tile. */
function createFilm({ sizeBytes, count, frameBytes, heads = [], fetch = async () => {} }: FakeFilm) {
  const parts: FilmPart[] = [];
  const begun: FilmPart[] = [];
  const strides: number[] = [];
  const isHere = (position: number) => parts.some(({ start, end }) => start <= position && position < end);
  const missingIn = (start: number, bytes: number) => {
    for (let at = start; at < start + bytes; at += 64 * kib) if (!isHere(at)) return [at];
    return [];
  };
  const film: FilmParts = {
    sizeBytes,
    parts,
    place: { rootPath: '/fetched', relativePath: 'x' },
    async fetch(part) {
      begun.push(part);
      await fetch(part);
      parts.push(part);
    },
  };
  const locate = async (stride: number) => {
    strides.push(stride);
    const [head] = heads.flatMap((at) => missingIn(at, 1));
    if (head !== undefined) return { ok: true as const, count: null, missing: [head] };
    const tiles = Array.from({ length: Math.ceil(count / stride) }, (_, index) => index * stride);
    const missing = tiles.flatMap((tile) => missingIn(Math.floor((tile * sizeBytes) / count), frameBytes));
    return { ok: true as const, count, missing };
  };
  return { film, begun, strides, locate, bytes: () => parts.reduce((sum, { start, end }) => sum + end - start, 0) };
}

it('all tiles of a film are fetched where they are little of it, from everywhere first', async () => {
  const { film, locate, strides, bytes } = createFilm({ sizeBytes: 4000 * mib, count: 200, frameBytes: 200 * kib });
  expect(await fetchTiles(film, { locate })).toBe(1);
  expect(strides).toEqual([16, 16, 4, 4, 2, 2, 1, 1]);
  expect(bytes()).toBeLessThan(52 * mib);
});

it('a film whose key frames are large has fewer tiles, all over the film', async () => {
  const large = createFilm({ sizeBytes: 4000 * mib, count: 200, frameBytes: 1500 * kib });
  expect(await fetchTiles(large.film, { locate: large.locate })).toBe(4);
  expect(large.bytes()).toBeLessThanOrEqual(128 * mib);
  const small = createFilm({ sizeBytes: 80 * mib, count: 200, frameBytes: 100 * kib });
  expect(await fetchTiles(small.film, { locate: small.locate })).toBe(4);
  expect(small.bytes()).toBeLessThanOrEqual(20 * mib);
});

it('a small film is fetched as a whole if need be, and no byte of it twice', async () => {
  const { film, locate, bytes } = createFilm({ sizeBytes: 10 * mib, count: 100, frameBytes: 100 * kib });
  expect(await fetchTiles(film, { locate })).toBe(1);
  expect(bytes()).toBeLessThanOrEqual(10 * mib);
});

it('none is made where even a few tiles, or the headers alone, need too much', async () => {
  const huge = createFilm({ sizeBytes: 4000 * mib, count: 200, frameBytes: 20 * mib });
  expect(await fetchTiles(huge.film, { locate: huge.locate })).toBeNull();
  expect(huge.bytes()).toBeLessThanOrEqual(128 * mib);
  const heads = Array.from({ length: 100 }, (_, index) => index * 40 * mib);
  const scattered = createFilm({ sizeBytes: 4000 * mib, count: 200, frameBytes: kib, heads });
  expect(await fetchTiles(scattered.film, { locate: scattered.locate })).toBeNull();
  expect(scattered.bytes()).toBe(32 * mib);
  const broken = createFilm({ sizeBytes: 4000 * mib, count: 200, frameBytes: kib });
  expect(await fetchTiles(broken.film, { locate: locateNothing })).toBeNull();
});

it('what is here when time is over counts, and nothing more is begun', async () => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const { film, locate, begun } = createFilm({
    sizeBytes: 4000 * mib,
    count: 200,
    frameBytes: 200 * kib,
    fetch: async () => void (now += 1000),
  });
  expect(await fetchTiles(film, { locate, maxMs: 60_000 })).toBe(4);
  expect(begun.length).toBeLessThanOrEqual(64);
});

it('four parts are fetched at once at most, and after a failure no other is begun', async () => {
  let underWay = 0;
  let most = 0;
  const { film, locate, begun } = createFilm({
    sizeBytes: 4000 * mib,
    count: 200,
    frameBytes: 200 * kib,
    async fetch({ start }) {
      underWay += 1;
      most = Math.max(most, underWay);
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      underWay -= 1;
      if (start > 1000 * mib) throw new Error('copyparty went away');
    },
  });
  await expect(fetchTiles(film, { locate })).rejects.toThrow('copyparty went away');
  expect([most, underWay]).toEqual([4, 0]);
  expect(begun.filter(({ start }) => start > 1000 * mib).length).toBeLessThanOrEqual(4);
});

const locateNothing = async () => ({ ok: false as const, code: 'UNREADABLE_FILM', message: 'x' });
