import type { MediaSelection as SelectedItems } from '../../library/catalogue/media-selection.ts';
import { builder } from './builder.ts';
import { maxListLength } from './limit-lists.ts';
import { MediaFilter, toMediaFilter, type Profiles } from './media-query.schema.ts';

export const MediaSelection = builder.inputType('MediaSelection', {
  description:
    'Which items are meant: `ids`, or a `filter`. It is settled when the call is made: items that come later are not meant. ' +
    'An item is looked at when its turn comes; one that does not meet the filter any more is left alone.',
  fields: (t) => ({
    ids: t.idList({ description: `IDs of media items, at most ${maxListLength}.` }),
    filter: t.field({
      type: MediaFilter,
      description: 'As in `media`: an empty one means everything but DELETED items.',
    }),
    except: t.idList({ description: 'With `filter`: items that it means and that are left out all the same.' }),
  }),
});

/** Returns the selection as the library takes it. */
export function toSelection(
  { ids, filter, except }: typeof MediaSelection.$inferInput,
  profiles: Profiles,
): SelectedItems {
  return { ids, except, filter: filter && toMediaFilter(filter, profiles, 'selection.filter') };
}
