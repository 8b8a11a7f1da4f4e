import type { CategoryConfig } from '../../base/config/media-config.ts';
import { isLitter } from './litter.ts';

/** What is left out of a category whatever its patterns say. */
export type LeftOutRules = Pick<CategoryConfig, 'includesLitter' | 'ownPlaces'>;

/** Returns whether a path below the category's root is left out: litter, and the files of the service itself. */
export function createLeftOut({ includesLitter = false, ownPlaces = [] }: LeftOutRules): (path: string) => boolean {
  const isOwn = (path: string): boolean => isBelow(path, ownPlaces);
  if (includesLitter) return isOwn;
  return ownPlaces.length === 0 ? isLitter : (path) => isLitter(path) || isOwn(path);
}

/** Whether a relative path is one of the places or lies below one. */
export function isBelow(path: string, places: readonly string[]): boolean {
  return places.some((place) => path === place || path.startsWith(`${place}/`));
}
