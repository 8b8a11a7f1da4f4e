import { collapsePlaces } from './collapse-places.ts';

/** The places where something happened, until they have rested. */
export interface PendingPlaces {
  /** Adds a place where something happened: a path from the root of the category; '' is all of it. */
  add(category: string, place: string, atMs: number): void;
  /** Removes and returns what has rested, as paths to scan: the key of a category, and the path from its root. */
  takeRested(nowMs: number): string[];
  clear(): void;
}

/** Where more places of a category have rested, the folders that they lie in are scanned. */
const maxPlaces = 100;
/** Where more places of a category are pending, one scan of all of it is shorter. */
const maxRemembered = 5_000;
/** Changes within this time are scanned together, so that a file that moved is seen at both ends. */
const togetherMs = 250;

export function createPendingPlaces(quietMs: number): PendingPlaces {
  const pending = new Map<string, Map<string, number>>();
  return {
    add(category, place, atMs) {
      const places = pending.get(category) ?? new Map<string, number>();
      pending.set(category, places);
      const isTooMuch = places.size >= maxRemembered;
      if (isTooMuch) places.clear();
      places.set(isTooMuch ? '' : place, atMs);
    },
    takeRested(nowMs) {
      const isDue = [...pending.values()].some((places) => [...places.values()].some((at) => nowMs - at >= quietMs));
      if (!isDue) return [];
      return [...pending].flatMap(([category, places]) => {
        const rested = [...places].filter(([, at]) => nowMs - at >= quietMs - togetherMs).map(([place]) => place);
        for (const place of rested) places.delete(place);
        return collapsePlaces(rested, maxPlaces).map((place) => (place === '' ? category : `${category}/${place}`));
      });
    },
    clear: () => pending.clear(),
  };
}
