import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { JobNotUndoableError, SelectionNotConfirmedError } from '../../library/bulk/bulk-errors.ts';
import { UnknownCategoryError } from '../../library/catalogue/media-errors.ts';
import { maxTagsOfItem } from '../../library/catalogue/media-words.ts';
import { JobLockedError, JobNotFoundError } from '../../library/jobs/job-errors.ts';
import { BulkJob } from './bulk-job.schema.ts';
import { builder } from './builder.ts';
import { ErrorInterface } from './error-interface.ts';
import { jobIdOf } from './job-types.ts';
import { MediaSelection, toSelection } from './media-selection.schema.ts';

builder.objectType(JobNotUndoableError, {
  name: 'JobNotUndoableError',
  description: 'The job hid nothing, or nothing of it is hidden any more.',
  interfaces: [ErrorInterface],
});

builder.objectType(SelectionNotConfirmedError, {
  name: 'SelectionNotConfirmedError',
  description: 'The selection means another number of items than was confirmed, or none was. Nothing was deleted.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    expectedCount: t.exposeInt('expectedCount', { nullable: true, description: 'As it was given.' }),
    count: t.exposeInt('count', { description: 'How many items it means now.' }),
  }),
});

const UpdateMediaManyChanges = builder.inputType('UpdateMediaManyChanges', {
  description: 'What changes on each item; a field that is left out keeps its value.',
  fields: (t) => ({
    addTags: t.stringList({
      description: `Tags that it gets beside those that it has. An item that would have more than ${maxTagsOfItem} fails.`,
    }),
    removeTags: t.stringList({ description: 'Tags that it loses; those that it has not do not matter.' }),
    favourite: t.boolean({ description: 'Null is false.' }),
    rating: t.int({ description: '1 to 5; null takes it away.' }),
    category: t.string({
      description:
        'The category to show it under; null returns to that of its root. The file stays. An item of another media type fails.',
    }),
  }),
});

const selection = { type: MediaSelection, required: true, description: 'Which items.' } as const;

builder.queryField('selectedMediaCount', (t) =>
  t.int({
    description: 'How many items a selection means now. It looks at each, so it is for a dialog and not for a page.',
    args: { selection: t.arg(selection) },
    resolve: (_root, args, { bulk, imageProxies }) => bulk.count(toSelection(args.selection, imageProxies)),
  }),
);

builder.mutationFields((t) => ({
  updateMediaMany: t.field({
    type: BulkJob,
    description: 'Starts to change what people say about items. No scan undoes it. Follow it with `jobProgress`.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: {
      selection: t.arg(selection),
      changes: t.arg({ type: UpdateMediaManyChanges, required: true, description: 'What to change on each.' }),
    },
    errors: {
      types: [InvalidInputError, UnknownCategoryError],
      union: { name: 'UpdateMediaManyResult', description: 'The job that was started, or why there is none.' },
    },
    resolve: (_root, args, { bulk, imageProxies, requestedBy }) =>
      bulk.update(toSelection(args.selection, imageProxies), args.changes, { requestedBy }),
  }),
  hideMediaMany: t.field({
    type: BulkJob,
    description: 'Starts to hide items, as `deleteMedia(soft: true)` does with one. `undoBulkJob` brings them back.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { selection: t.arg(selection) },
    errors: {
      types: [InvalidInputError, UnknownCategoryError],
      union: { name: 'HideMediaManyResult', description: 'The job that was started, or why there is none.' },
    },
    resolve: (_root, args, { bulk, imageProxies, requestedBy }) => bulk.hide(toSelection(args.selection, imageProxies), { requestedBy }),
  }),
  deleteMediaMany: t.field({
    type: BulkJob,
    description:
      'Starts to delete items for good, as `deleteMedia` does with one: those that the selection means at the call, as long as they meet its filter. ' +
      'Nothing brings them back.',
    args: {
      selection: t.arg(selection),
      expectedCount: t.arg.int({
        description:
          'How many items whoever confirmed this was told. Where the selection means another number by now, and where this is left out, nothing is deleted, and the error tells the number.',
      }),
      removeFiles: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'Remove their files as well. An item stays where its file is not the one that was catalogued.',
      }),
    },
    errors: {
      types: [InvalidInputError, UnknownCategoryError, SelectionNotConfirmedError],
      union: { name: 'DeleteMediaManyResult', description: 'The job that was started, or why there is none.' },
    },
    resolve: (_root, args, { bulk, imageProxies, requestedBy }) =>
      bulk.delete(
        toSelection(args.selection, imageProxies),
        { expectedCount: args.expectedCount ?? null, removeFiles: args.removeFiles },
        { requestedBy },
      ),
  }),
  restoreMediaMany: t.field({
    type: BulkJob,
    description:
      'Starts to bring back hidden items, as `restoreMedia` does with one. A filter that names no status means DELETED items.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { selection: t.arg(selection) },
    errors: {
      types: [InvalidInputError, UnknownCategoryError],
      union: { name: 'RestoreMediaManyResult', description: 'The job that was started, or why there is none.' },
    },
    resolve: (_root, args, { bulk, imageProxies, requestedBy }) => bulk.restore(toSelection(args.selection, imageProxies), { requestedBy }),
  }),
  undoBulkJob: t.field({
    type: BulkJob,
    description: 'Starts to bring back what a job hid, and nobody restored or hid again since.',
    skipTypeScopes: true,
    authScopes: { editor: true },
    args: { id: t.arg.id({ required: true, description: 'The `id` of a BulkJob that has ended.' }) },
    errors: {
      types: [JobNotFoundError, JobNotUndoableError, JobLockedError],
      union: { name: 'UndoBulkJobResult', description: 'The job that was started, or why there is none.' },
    },
    resolve(_root, { id }, { bulk, requestedBy }) {
      const jobId = jobIdOf(id);
      if (jobId === null) throw new JobNotFoundError(id);
      return bulk.undo(jobId, { requestedBy });
    },
  }),
}));
