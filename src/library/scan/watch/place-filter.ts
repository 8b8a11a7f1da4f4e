import { basename } from 'node:path/posix';
import { parentsOf } from '../../../base/text.ts';
import { createMatcher, type Matcher, type MatchPatterns } from '../../catalogue/match-patterns.ts';
import { unfinishedPrefix } from '../../../base/files/unfinished-files.ts';
import type { ChangedPlace } from './root-listener.ts';

/** Says whether a scan of the category would look at what happened there. */
export type PlaceFilter = (category: MatchPatterns, changed: ChangedPlace) => boolean;

export function createPlaceFilter(): PlaceFilter {
  const matchers = new WeakMap<MatchPatterns, Matcher>();
  return (category, { place, mayBeFolder }) => {
    if (place === '') return true;
    const matcher = matchers.get(category) ?? createMatcher(category);
    matchers.set(category, matcher);
    // Uploads on their way, and the marker of the root.
    if (basename(place).startsWith(unfinishedPrefix)) return false;
    const isOpen = parentsOf(place).every((folder) => matcher.descends(folder));
    return isOpen && (mayBeFolder ? matcher.descends(place) : matcher.accepts(place));
  };
}
