import { collapsePlaces } from './collapse-places.ts';

/** The places where something happened, until they have rested. */
export interface PendingPlaces {
  /** Something happened there; `place` is a path from the root of the category, '' all of it. */
  add(category: string, place: string, atMs: number): void;
  /** Takes out what has rested, as paths that a scan takes: the key of a category, and the path from its root. */
  takeRested(nowMs: number): string[];
  clear(): void;
}

/** More places of a category than this are scanned as the folders that they lie in. */
const maxPlaces = 100;
/** One scan of a whole root is shorter than one of more places than this. */
const maxRemembered = 5_000;
/** What happened together is scanned together, so that a file that moved is seen at both ends. */
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
