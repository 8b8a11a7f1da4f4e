import { UnknownCategoryError } from '../../library/catalogue/media-errors.ts';
import { MediaStatus } from './media-enums.schema.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { builder } from './builder.ts';
import type { Purge } from '../../library/removal/trash.ts';

const PurgedMedia = builder.objectRef<Purge>('PurgedMedia').implement({
  description: 'What was forgotten for good, or on a dry run would be.',
  fields: (t) => ({
    items: t.exposeInt('items', { description: 'How many.' }),
    sizeBytes: t.expose('sizeBytes', { type: 'SafeInt', description: 'The size that their files had.' }),
    dryRun: t.exposeBoolean('dryRun', { description: 'Nothing was forgotten.' }),
  }),
});

const PurgeMediaInput = builder.inputType('PurgeMediaInput', {
  description: 'Which items to forget.',
  fields: (t) => ({
    statuses: t.field({
      type: [MediaStatus],
      required: true,
      defaultValue: ['MISSING', 'DELETED'],
      description: 'MISSING, DELETED or both.',
    }),
    olderThan: t.field({
      type: 'DateTime',
      required: true,
      description: 'Those that are missing or deleted since before this moment.',
    }),
    categories: t.stringList({
      description:
        'Keys of the categories whose roots held the files; left out: every one, also those that are not configured any more.',
    }),
    dryRun: t.boolean({ required: true, defaultValue: false, description: 'Count, and forget nothing.' }),
  }),
});

builder.mutationField('purgeMedia', (t) =>
  t.field({
    type: PurgedMedia,
    description:
      'Forgets items that are missing or deleted, with all that people said of them. It touches no file: one that is ' +
      'still there is a new item to the next scan.',
    args: { input: t.arg({ type: PurgeMediaInput, required: true, description: 'Which items to forget.' }) },
    errors: {
      types: [InvalidInputError, UnknownCategoryError],
      union: { name: 'PurgeMediaResult', description: 'What was forgotten, or why nothing was.' },
    },
    resolve: (_root, { input }, { trash }) => trash.purge(input),
  }),
);
