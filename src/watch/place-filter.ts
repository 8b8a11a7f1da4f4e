import { createMatcher, type Matcher, type MatchPatterns } from '../scan/match-patterns.ts';
import { unfinishedPrefix } from '../scan/unfinished-files.ts';
import type { ChangedPlace } from './root-listener.ts';

/** Says whether a scan of the category would look at what happened there. */
export type PlaceFilter = (category: MatchPatterns, changed: ChangedPlace) => boolean;

export function createPlaceFilter(): PlaceFilter {
  const matchers = new WeakMap<MatchPatterns, Matcher>();
  return (category, { place, mayBeFolder }) => {
    if (place === '') return true;
    const matcher = matchers.get(category) ?? createMatcher(category);
    matchers.set(category, matcher);
    const parts = place.split('/');
    // Uploads on their way, and the marker of the root.
    if (parts.at(-1)?.startsWith(unfinishedPrefix)) return false;
    const folders = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
    if (!mayBeFolder) folders.pop();
    return folders.every((folder) => matcher.descends(folder)) && (mayBeFolder || matcher.accepts(place));
  };
}
