import { builder } from './builder.ts';
import { Job } from './job.schema.ts';
import type { JobRecord } from '../../library/jobs/job-record.ts';
import type { ScanInput } from '../../library/scan/scan-input.ts';
import type { ScanSummary } from '../../library/scan/scan-summary.ts';
import { ScanSummaryType } from './scan-summary.schema.ts';

export const ScanJob = builder.node(builder.objectRef<JobRecord>('ScanJob'), {
  description: 'A scan of one category or more.',
  interfaces: [Job],
  id: { resolve: ({ id }) => id },
  async loadOne(id, { jobs }) {
    const job = await jobs.find(id);
    return job?.kind === 'SCAN' ? job : null;
  },
  isTypeOf: (value) => (value as JobRecord).kind === 'SCAN',
  fields: (t) => ({
    dryRun: t.boolean({
      description: 'Plans and reports, and writes nothing.',
      resolve: ({ input }) => (input as unknown as ScanInput).dryRun,
    }),
    summary: t.field({
      type: ScanSummaryType,
      nullable: true,
      description: 'What it did, once it has ended.',
      resolve: ({ result }) => result as unknown as ScanSummary | null,
    }),
  }),
});
