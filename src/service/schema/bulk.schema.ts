import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { JobNotUndoableError } from '../../library/bulk/bulk-errors.ts';
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
