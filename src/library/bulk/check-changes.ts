import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { expectCategories } from '../catalogue/media-errors.ts';
import { checkRating, checkTagChanges, type TagChanges } from '../catalogue/media-words.ts';
import type { ManyChanges } from './bulk-job.ts';

/** The changes, checked. */
export interface CheckedChanges {
  tags: TagChanges | null;
  favourite: boolean | undefined;
  rating: number | null | undefined;
  category: string | null | undefined;
}

/** Throws InvalidInputError for changes that change nothing or make no sense, UnknownCategoryError. */
export function checkChanges(
  mediaConfig: Pick<MediaConfigStore, 'current' | 'findCategory'>,
  { addTags, removeTags, favourite, rating, category }: ManyChanges,
): CheckedChanges {
  const tags = checkTagChanges({ addTags, removeTags }, 'changes');
  const changesTags = tags !== null && tags.add.length + tags.remove.length > 0;
  if (!changesTags && favourite === undefined && rating === undefined && category === undefined) {
    throw new InvalidInputError('changes', 'Say what is to change: tags, favourite, rating or category.');
  }
  if (category) expectCategories(mediaConfig, [category]);
  return {
    tags: changesTags ? tags : null,
    favourite: favourite === null ? false : favourite,
    rating: rating === undefined ? undefined : checkRating(rating, 'changes'),
    category,
  };
}
