import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import { UnknownCategoryError } from './media-errors.ts';

/** Throws UnknownCategoryError where any of the keys is that of no configured category. */
export function expectCategories(
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>,
  keys: readonly string[],
): void {
  const unknown = keys.filter((key) => mediaConfig.findCategory(key) === undefined);
  if (unknown.length === 0) return;
  const known = mediaConfig.current().categories.map(({ key }) => key);
  throw new UnknownCategoryError(unknown, known);
}
