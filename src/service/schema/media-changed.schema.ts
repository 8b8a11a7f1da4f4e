import { encodePublicId } from '../../base/public-id.ts';
import { builder } from './builder.ts';
import { expectCategories } from '../../library/catalogue/media-errors.ts';
import type { MediaChanges } from '../../library/catalogue/media-events.ts';
import { MediaItem } from './media-item.schema.ts';

const MediaChangesType = builder.objectRef<MediaChanges>('MediaChanges').implement({
  description: 'What changed among the items of a category, gathered over a fifth of a second.',
  fields: (t) => ({
    category: t.exposeString('category', { description: 'The key of the category whose folder holds the files.' }),
    added: t.field({
      type: [MediaItem],
      description: 'Items that are new, as they are now.',
      resolve: async ({ added }, _args, { catalogue }) => existing(await catalogue.findMany(added)),
    }),
    updated: t.field({
      type: [MediaItem],
      description: 'Items that changed, as they are now: also those that became missing, or were removed softly.',
      resolve: async ({ updated }, _args, { catalogue }) => existing(await catalogue.findMany(updated)),
    }),
    removed: t.idList({
      description: 'The IDs of items that are no more.',
      resolve: ({ removed }) => removed.map((id) => encodePublicId('MediaItem', id)),
    }),
    isCut: t.exposeBoolean('isCut', {
      description: 'More changed than is told one by one, as in a large scan: ask for the list again.',
    }),
  }),
});

builder.subscriptionField('mediaChanged', (t) =>
  t.field({
    type: MediaChangesType,
    description:
      'What uploads, scans and people change, from now on. On PostgreSQL, whichever process does it; what was missed while the database was ' +
      'away is told as `isCut`, for every category. On SQLite, scans of the command line are told when they have ended.',
    args: { category: t.arg.string({ description: 'The key of a category; left out, all of them.' }) },
    subscribe(_root, { category = null }, { mediaConfig, mediaEvents, signal }) {
      if (category !== null) expectCategories(mediaConfig, [category]);
      return mediaEvents.watch(category, signal);
    },
    resolve: (changes) => changes,
  }),
);

function existing<T>(items: readonly (T | null)[]): T[] {
  return items.filter((item) => item !== null);
}
