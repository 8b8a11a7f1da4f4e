import { builder } from './builder.ts';
import { Job } from './job.schema.ts';
import type { JobRecord } from '../../library/jobs/job-record.ts';
import { ScanSummaryType } from './scan-summary.schema.ts';

export const ScanJob = builder.node(builder.objectRef<JobRecord<'SCAN'>>('ScanJob'), {
  description: 'A scan of one category or more.',
  interfaces: [Job],
  id: { resolve: ({ id }) => id },
  loadOne: (id, { jobs }) => jobs.find({ id, kind: 'SCAN' }),
  isTypeOf: (value) => (value as JobRecord).kind === 'SCAN',
  fields: (t) => ({
    dryRun: t.boolean({
      description: 'Plans and reports, and writes nothing.',
      resolve: ({ input }) => input.dryRun,
    }),
    summary: t.field({
      type: ScanSummaryType,
      nullable: true,
      description: 'What it did, once it has ended.',
      resolve: ({ result }) => result,
    }),
  }),
});
