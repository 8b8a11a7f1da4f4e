import type { Database } from '../../../base/database/database.ts';
import { selectMedia, type MediaFilter } from '../select-media.ts';
import { countFacts, countOnShelves, readMediaVersion, type CountedFact } from '../sql/count-facets.ts';
import { resolutions } from '../sql/fact-columns.ts';
import { readAlone } from '../sql/media-days.ts';
import { readShelves, type Shelf } from '../sql/shelves.ts';
import { readWholeShelves, toSections } from './timeline.ts';
import { toCriteria } from '../to-criteria.ts';
import { settleFolders } from './folder-counter.ts';

/** A value that items have, and how many have it. */
export interface FacetValue {
  value: string;
  count: number;
}

interface Facet {
  facts: readonly CountedFact[];
  /** The filters by which somebody chooses among its values: they do not narrow it. */
  own: readonly (keyof MediaFilter)[];
  /** Returns the value that a counted fact is shown as; null for none. */
  shown?(value: string, shelves: ReadonlyMap<string, Shelf>): string | null;
}

const facets = {
  categories: { facts: ['shelf'], own: ['categories'], shown: (id, shelves) => shelves.get(id)?.category ?? null },
  mediaTypes: { facts: ['shelf'], own: ['mediaTypes'], shown: (id, shelves) => shelves.get(id)?.mediaType ?? null },
  statuses: { facts: ['shelf'], own: ['statuses'], shown: (id, shelves) => shelves.get(id)?.status ?? null },
  extensions: {
    facts: ['extension'],
    own: ['extensions'],
    shown: (value) => (/^[^\s/\\]{1,20}$/.test(value) ? value : null),
  },
  years: { facts: ['day'], own: ['capturedAt'], shown: yearOf },
  codecs: { facts: ['videoCodec', 'audioCodec'], own: ['codecs', 'videoCodecs', 'audioCodecs'] },
  resolutions: {
    facts: ['shape'],
    own: ['resolutions'],
    shown: (shape) => resolutions[Math.floor(Number(shape) / 3)] ?? null,
  },
  // An item has all tags that are asked for, so these narrow the others.
  tags: { facts: ['tag'], own: [] },
  favourites: { facts: ['favourite'], own: ['favourite'] },
  ratings: { facts: ['rating'], own: ['rating'] },
  cameras: { facts: ['camera'], own: ['camera'] },
} as const satisfies Record<string, Facet>;

export type FacetName = keyof typeof facets;

/** Counts the items of lists by what they have. */
export interface MediaFacets {
  /** The values of each facet, the most common first. Throws as a list does. */
  count(filter: MediaFilter, names: readonly FacetName[]): Promise<FacetValue[][]>;
}

const maxValues = 50;
const maxKept = 200;

/** What was counted is kept until an item changes. */
export function createMediaFacets(database: Database, configuredCategories: () => readonly string[]): MediaFacets {
  let version = '';
  const kept = new Map<string, Promise<FacetValue[]>>();
  return {
    async count(filter, names) {
      toCriteria(filter);
      await settleFolders(database);
      const present = await readMediaVersion(database, await readShelves(database));
      if (present !== version || kept.size > maxKept) kept.clear();
      version = present;
      // Those that the same filter narrows are counted together.
      const together = new Map<string, FacetName[]>();
      for (const name of names) {
        const key = JSON.stringify(narrowing(filter, name));
        together.set(key, [...(together.get(key) ?? []), name]);
      }
      for (const [key, some] of together) {
        const missing = some.filter((name) => !kept.has(`${name} ${key}`));
        if (missing.length === 0) continue;
        const counting = countTogether(
          database,
          configuredCategories(),
          narrowing(filter, missing[0] ?? 'tags'),
          missing,
        );
        for (const [index, name] of missing.entries()) {
          const values = counting.then((all) => all[index] ?? []);
          kept.set(`${name} ${key}`, values);
          values.catch(() => kept.delete(`${name} ${key}`)); // whoever asked is told
        }
      }
      return Promise.all(
        names.map((name) => kept.get(`${name} ${JSON.stringify(narrowing(filter, name))}`) ?? Promise.resolve([])),
      );
    },
  };
}

function narrowing(filter: MediaFilter, name: FacetName): MediaFilter {
  const own: readonly string[] = facets[name].own;
  const others = Object.fromEntries(Object.entries(filter).filter(([key]) => !own.includes(key)));
  // Without one, lists leave out what is deleted.
  return name === 'statuses' ? { ...others, statuses: ['AVAILABLE', 'MISSING', 'DELETED'] } : others;
}

async function countTogether(
  database: Database,
  configuredCategories: readonly string[],
  filter: MediaFilter,
  names: readonly FacetName[],
): Promise<FacetValue[][]> {
  const list = await selectMedia(database, configuredCategories, filter);
  const { withoutCompanions = false, categories: _c, mediaTypes: _m, statuses: _s, ...others } = filter;
  const isOnShelves = Object.values(others).every((criterion) => criterion === undefined);
  const facts = [...new Set(names.flatMap((name): readonly CountedFact[] => facets[name].facts))];
  const counts = isOnShelves
    ? await countWholeShelves(database, list.shelves, facts, withoutCompanions)
    : await countFacts(database, list, facts);
  const shelves = new Map(list.shelves.map((shelf) => [String(shelf.id), shelf]));
  return names.map((name) => toValues(facets[name], counts, shelves));
}

async function countWholeShelves(
  database: Database,
  shelves: readonly Shelf[],
  facts: readonly CountedFact[],
  withoutCompanions: boolean,
): Promise<Map<CountedFact, Map<string, number>>> {
  const counts = new Map<CountedFact, Map<string, number>>();
  for (const fact of facts) {
    if (fact === 'day') {
      const days = await readWholeShelves(database, shelves, withoutCompanions, 'YEAR');
      counts.set(fact, new Map(Array.from(days, ([day, count]) => [String(day), count])));
    } else if (fact === 'shelf') {
      counts.set(fact, await countShelves(database, shelves, withoutCompanions));
    } else {
      counts.set(fact, await countOnShelves(database, shelves, fact, withoutCompanions));
    }
  }
  const marked = counts.get('favourite');
  if (marked === undefined) return counts;
  const all = await countShelves(database, shelves, withoutCompanions);
  const total = [...all.values()].reduce((sum, count) => sum + count, 0);
  return counts.set('favourite', new Map([...marked, ['false', total - (marked.get('true') ?? 0)]]));
}

async function countShelves(
  database: Database,
  shelves: readonly Shelf[],
  withoutCompanions: boolean,
): Promise<Map<string, number>> {
  if (withoutCompanions) return readAlone(database, shelves);
  return new Map(shelves.map(({ id, itemCount }) => [String(id), itemCount]));
}

function toValues(
  { facts, shown = (value) => value }: Facet,
  counts: ReadonlyMap<CountedFact, ReadonlyMap<string, number>>,
  shelves: ReadonlyMap<string, Shelf>,
): FacetValue[] {
  const sums = new Map<string, number>();
  for (const [counted, count] of facts.flatMap((fact) => [...(counts.get(fact) ?? [])])) {
    const value = shown(counted, shelves);
    if (value !== null) sums.set(value, (sums.get(value) ?? 0) + count);
  }
  return Array.from(sums, ([value, count]) => ({ value, count }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, maxValues);
}

function yearOf(day: string): string | null {
  return toSections(new Map([[Number(day), 1]]), { unit: 'YEAR', direction: 'ASC' })[0]?.key ?? null;
}
