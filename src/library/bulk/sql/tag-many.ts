import type { StatementWriter } from '../../../base/database/database.ts';
import { applyTagChanges, tagTextOf, type TagChanges } from '../../catalogue/media-words.ts';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import { linkTags, readPresentTags, unlinkTags } from '../../catalogue/sql/media-tags.ts';

export interface TaggedItems {
  /** What a search looks through, by the id of the item; null where it has no tag. */
  texts: Map<number, string | null>;
  /** Items that would have too many, which keep those that they have. */
  refused: Map<number, InvalidInputError>;
}

/**
 * Gives and takes the tags of items, from those that they have at that moment: call it when the items are locked. A tag
 * that no item has any more is gone. `media_items.tag_text` is left to the caller.
 */
export async function tagMany(
  transaction: StatementWriter,
  ids: readonly number[],
  changes: TagChanges,
): Promise<TaggedItems> {
  const present = await readPresentTags(transaction, ids);
  const tagged: TaggedItems = { texts: new Map(), refused: new Map() };
  for (const id of ids) {
    try {
      const tags = applyTagChanges(present.get(id) ?? [], changes);
      tagged.texts.set(id, tagTextOf(tags));
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      tagged.refused.set(id, error);
    }
  }
  const accepted = [...tagged.texts.keys()];
  await linkTags(transaction, accepted, changes.add);
  await unlinkTags(transaction, accepted, changes.remove);
  return tagged;
}
