import type { BulkReport } from '../../library/bulk/bulk-job.ts';
import type { BulkJob as BulkJobRecord } from '../../library/bulk/bulk.ts';
import type { JobRecord } from '../../library/jobs/job-record.ts';
import { builder } from './builder.ts';
import { Job } from './job.schema.ts';

const BulkActionType = builder.enumType('BulkAction', {
  description: 'What is done with many items.',
  values: {
    UPDATE: { description: 'What people say of them is changed.' },
    HIDE: { description: 'They are deleted softly.' },
    RESTORE: { description: 'They are brought back.' },
    DELETE: { description: 'They are deleted for good.' },
  } as const,
});

const BulkReportType = builder.objectRef<BulkReport>('BulkReport').implement({
  description: 'What became of the items.',
  fields: (t) => ({
    changed: t.exposeInt('changed', { description: 'Items that were changed, hidden, restored or deleted.' }),
    unchanged: t.exposeInt('unchanged', { description: 'Items that were as wanted already.' }),
    failed: t.exposeInt('failed', { description: 'Items that stay as they were; `itemErrors` says why.' }),
  }),
});

export const BulkJob = builder.node(builder.objectRef<BulkJobRecord>('BulkJob'), {
  description: 'Changes many items. The items of its errors are the IDs of media items.',
  interfaces: [Job],
  id: { resolve: ({ id }) => id },
  loadOne: (id, { jobs }) => jobs.find({ id, kind: 'BULK' }),
  isTypeOf: (value) => (value as JobRecord).kind === 'BULK',
  fields: (t) => ({
    action: t.field({
      type: BulkActionType,
      description: 'What it does with them.',
      resolve: ({ input }) => input.action.type,
    }),
    report: t.field({
      type: BulkReportType,
      nullable: true,
      description: 'What became of them, once it has ended; of a cancelled one, as far as it came.',
      resolve: ({ result }) => result,
    }),
    canUndo: t.boolean({
      description: 'Whether `undoBulkJob` would bring anything back: it has ended, and items that it hid are hidden since.',
      resolve: (job, _args, { bulk }) => bulk.canUndo(job),
    }),
  }),
});
