import { withoutNested } from '../chosen-places.ts';

/**
 * Returns at most `maxPlaces` places that include all of the given ones: where there are more, the deepest are
 * replaced by the folders that they lie in. Places are paths from a root; '' is all of it.
 */
export function collapsePlaces(places: readonly string[], maxPlaces: number): string[] {
  let kept = withoutNested(places);
  while (kept.length > maxPlaces) {
    const deepest = kept.reduce((most, place) => Math.max(most, depthOf(place)), 0);
    kept = withoutNested(kept.map((place) => (depthOf(place) === deepest ? folderOf(place) : place)));
  }
  return kept;
}

function depthOf(place: string): number {
  return place === '' ? 0 : place.split('/').length;
}

function folderOf(place: string): string {
  return place.slice(0, Math.max(0, place.lastIndexOf('/')));
}
