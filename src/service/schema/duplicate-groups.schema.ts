import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { maxPageSize, toPageRequest } from '../../base/paging.ts';
import type { DuplicateGroup } from '../../library/catalogue/sql/duplicate-groups.ts';
import { builder } from './builder.ts';
import { MediaItem } from './media-item.schema.ts';
import { toConnection } from './to-connection.ts';

const maxCopies = 100;

const DuplicateGroupObject = builder.objectRef<DuplicateGroup>('DuplicateGroup').implement({
  description: 'Available items with the same bytes, as far as their SHA-256 are known. Empty files are no duplicates.',
  fields: (t) => ({
    sha256: t.exposeString('sha256', { description: '64 hexadecimal digits.' }),
    count: t.exposeInt('count', { description: 'How many items there are, in all categories.' }),
    sizeBytes: t.field({ type: 'SafeInt', description: 'The size of each.', resolve: ({ sizeBytes }) => sizeBytes }),
    wastedBytes: t.field({
      type: 'SafeInt',
      description: 'What all of them but one take.',
      resolve: ({ wastedBytes }) => wastedBytes,
    }),
    items: t.field({
      type: [MediaItem],
      description:
        'The items, the earliest first; all of many are in `media(filter: { sha256: …, statuses: [AVAILABLE] })`, page by page.',
      args: {
        first: t.arg.int({ required: true, defaultValue: 10, description: `How many at most: 1 to ${maxCopies}.` }),
      },
      resolve: ({ sha256, sizeBytes }, { first }, { load }) => {
        if (first < 1 || first > maxCopies) {
          throw new InvalidInputError('first', `\`first\` is ${first}; 1 to ${maxCopies} items of a group are given.`);
        }
        return load.copies({ sha256, sizeBytes }, first);
      },
    }),
  }),
});

builder.queryField('duplicateGroups', (t) =>
  t.connection(
    {
      type: DuplicateGroupObject,
      description: `Items whose bytes are there several times, those that waste most first: 50 groups unless told otherwise, at most ${maxPageSize}. Changes are counted shortly after they happened.`,
      args: {
        categories: t.arg.stringList({
          description: 'Groups with an item in any of these; left out: all. Counts and items are those of all categories.',
        }),
      },
      resolve: async (_root, { categories, ...page }, { duplicates }) =>
        toConnection(await duplicates.list(categories ?? null, toPageRequest(page))),
    },
    {
      name: 'DuplicateGroupConnection',
      fields: (connection) => ({
        totalCount: connection.int({
          description: 'How many groups there are, on all pages.',
          resolve: async ({ totals }) => (await totals()).groups,
        }),
        wastedBytes: connection.field({
          type: 'SafeInt',
          description: 'What they waste together, on all pages.',
          resolve: async ({ totals }) => (await totals()).wastedBytes,
        }),
      }),
    },
    { name: 'DuplicateGroupEdge' },
  ),
);
