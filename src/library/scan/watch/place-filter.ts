import { basename } from 'node:path/posix';
import { parentsOf } from '../../../base/text.ts';
import { createMatcher, selectionOf, type Matcher } from '../../catalogue/match-patterns.ts';
import { unfinishedPrefix } from '../../../base/files/unfinished-files.ts';
import type { ChangedPlace } from './root-listener.ts';

/** Whether a scan of the category would look at the changed place. */
export type PlaceFilter = (category: Selection, changed: ChangedPlace) => boolean;

type Selection = Parameters<typeof selectionOf>[0];

export function createPlaceFilter(): PlaceFilter {
  const matchers = new WeakMap<Selection, Matcher>();
  return (category, { place, mayBeFolder }) => {
    if (place === '') return true;
    const matcher = matchers.get(category) ?? createMatcher(selectionOf(category));
    matchers.set(category, matcher);
    // Names with this prefix are unfinished uploads and the marker of the root.
    if (basename(place).startsWith(unfinishedPrefix)) return false;
    const isReached = parentsOf(place).every((folder) => matcher.descends(folder));
    return isReached && (mayBeFolder ? matcher.descends(place) : matcher.accepts(place));
  };
}
