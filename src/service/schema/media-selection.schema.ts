import type { MediaSelection as SelectedItems } from '../../library/catalogue/media-selection.ts';
import { builder } from './builder.ts';
import { maxListLength } from './limit-lists.ts';
import { MediaFilter, MediaOrder, toMediaFilter, toMediaOrder, type Profiles } from './media-query.schema.ts';

const MediaRange = builder.inputType('MediaRange', {
  description:
    'A part of a list: all from one item to another one, with both, whichever comes first. An item that is not in the list any more is ' +
    'refused. Cursors are places: they hold whatever became of their items, and in RANDOM order they alone know the order that was begun.',
  fields: (t) => ({
    from: t.id({ required: true, description: 'The `id` of an item of the list, or a `cursor` of it.' }),
    to: t.id({ required: true, description: 'The same, for the other end.' }),
    filter: t.field({ type: MediaFilter, description: 'That of the list, as in `media`.' }),
    orderBy: t.field({ type: MediaOrder, description: 'That of the list, as in `media`, without `from`.' }),
  }),
});

export const MediaSelection = builder.inputType('MediaSelection', {
  description:
    'Which items are meant: `ids`, a `filter`, or `between`. It is settled when the call is made: items that come later are not meant. ' +
    'An item is looked at when its turn comes; one that does not meet the filter any more is left alone.',
  fields: (t) => ({
    ids: t.idList({ description: `IDs of media items, at most ${maxListLength}.` }),
    filter: t.field({
      type: MediaFilter,
      description: 'As in `media`: an empty one means everything but DELETED items.',
    }),
    between: t.field({ type: MediaRange, description: 'A part of a list, such as from one marked item to the next.' }),
    except: t.idList({
      description: 'With `filter` or `between`: items that it means and that are left out all the same.',
    }),
  }),
});

/** Returns the selection as the library takes it. */
export function toSelection(
  { ids, filter, between, except }: typeof MediaSelection.$inferInput,
  profiles: Profiles,
): SelectedItems {
  const range = between && {
    from: between.from,
    to: between.to,
    filter: toMediaFilter(between.filter, profiles, 'selection.between.filter'),
    order: toMediaOrder(between.orderBy),
  };
  return { ids, except, filter: filter && toMediaFilter(filter, profiles, 'selection.filter'), between: range };
}
