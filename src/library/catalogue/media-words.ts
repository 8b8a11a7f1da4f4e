import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { isStorableText } from '../../base/text.ts';
import { foldText } from '../metadata/fold-text.ts';

/** What a person says of an item in words and marks of their own. A field that is left out stays. */
export interface WordChanges {
  /** Replaces all tags; null takes them away. */
  tags?: readonly string[] | null | undefined;
  addTags?: readonly string[] | null | undefined;
  removeTags?: readonly string[] | null | undefined;
  favourite?: boolean | null | undefined;
  /** 1 to 5; null takes it away. */
  rating?: number | null | undefined;
}

export interface Tag {
  name: string;
  /** Two tags with the same key are one. */
  key: string;
}

/** The tags to give and to take, checked. */
export interface TagChanges {
  /** Null where the others stay. */
  replaceBy: Tag[] | null;
  add: Tag[];
  remove: Tag[];
}

export const maxTagsOfItem = 100;
const maxTagLength = 100;
const maxRating = 5;

/**
 * Returns the changes of tags; null where there are none. Throws InvalidInputError for a tag that is none, and for
 * lists that contradict each other; `at` names the argument that has them.
 */
export function checkTagChanges({ tags, addTags, removeTags }: WordChanges, at = 'input'): TagChanges | null {
  const given = [addTags, removeTags].some((list) => list !== undefined && list !== null);
  if (tags === undefined && !given) return null;
  if (tags !== undefined && given) {
    throw new InvalidInputError(`${at}.tags`, '`tags` replaces all: it does not go with `addTags` and `removeTags`.');
  }
  const add = (addTags ?? []).map((name) => toTag(`${at}.addTags`, name));
  const remove = (removeTags ?? []).map((name) => toTag(`${at}.removeTags`, name));
  const both = add.find(({ key }) => remove.some((other) => other.key === key));
  if (both) throw new InvalidInputError(`${at}.removeTags`, `"${both.name}" is to be added and removed at once.`);
  const replaceBy = tags === undefined ? null : uniqueTags((tags ?? []).map((name) => toTag(`${at}.tags`, name)));
  if (replaceBy !== null && replaceBy.length > maxTagsOfItem) throw tooMany(`${at}.tags`);
  return { replaceBy, add: uniqueTags(add), remove };
}

/** Returns the tags of an item after the changes. Throws InvalidInputError where they are too many. */
export function applyTagChanges(present: readonly Tag[], { replaceBy, add, remove }: TagChanges): Tag[] {
  const removed = new Set(remove.map(({ key }) => key));
  const kept = (replaceBy ?? present).filter(({ key }) => !removed.has(key));
  const tags = uniqueTags([...kept, ...add]);
  if (tags.length > maxTagsOfItem && tags.length > present.length) throw tooMany('input.addTags');
  return tags;
}

/** Returns what a search looks through of an item's tags, a line each; null where it has none. */
export function tagTextOf(tags: readonly Tag[]): string | null {
  const keys = tags.map(({ key }) => key);
  return keys.length === 0 ? null : keys.toSorted().join('\n');
}

/** Throws InvalidInputError for a rating that is none. */
export function checkRating(rating: number | null, at = 'input'): number | null {
  if (rating !== null && (!Number.isInteger(rating) || rating < 1 || rating > maxRating)) {
    throw new InvalidInputError(
      `${at}.rating`,
      `A rating is a whole number from 1 to ${maxRating}; null takes it away.`,
    );
  }
  return rating;
}

/** Returns the key by which a tag is found; null for what can be no tag. */
export function tagKeyOf(name: string): string | null {
  const key = foldText(name).trim();
  return key === '' || name.length > maxTagLength || !isStorableText(name) ? null : key;
}

/** Returns the part of a tag's key that is looked for. Throws InvalidInputError for what no tag can contain. */
export function checkTagSearch(search: string | null | undefined): string {
  if (search === null || search === undefined || search.trim() === '') return '';
  const key = tagKeyOf(search);
  if (key === null)
    throw new InvalidInputError('search', `A part of a tag has at most ${maxTagLength} whole characters, and no NUL.`);
  return key;
}

function toTag(field: string, name: string): Tag {
  const key = tagKeyOf(name);
  if (key === null) {
    throw new InvalidInputError(
      field,
      `A tag has 1 to ${maxTagLength} characters, none of them NUL, and more than spaces.`,
    );
  }
  return { name: name.trim().replaceAll(/\s+/g, ' '), key };
}

function uniqueTags(tags: readonly Tag[]): Tag[] {
  return [...new Map(tags.toReversed().map((tag) => [tag.key, tag])).values()].toReversed();
}

function tooMany(field: string): InvalidInputError {
  return new InvalidInputError(field, `An item has at most ${maxTagsOfItem} tags.`);
}
