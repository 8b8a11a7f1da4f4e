import { encodePublicId } from '../../base/public-id.ts';
import { toScanPaths } from '../../library/scan/chosen-places.ts';
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
    categories: t.stringList({
      description: 'The keys of the categories it was started for.',
      resolve: ({ input }) => input.categories,
    }),
    paths: t.stringList({
      nullable: true,
      description: 'The folders or files that it was started for, as `ScanMediaInput` has them; null for whole roots.',
      resolve: ({ input: { folders } }) => (folders === undefined ? null : toScanPaths(folders)),
    }),
    adoptRoot: t.boolean({
      description: 'It takes the folder that is there for the root, though another disk was in its place before.',
      resolve: ({ input }) => input.adoptRoot ?? false,
    }),
    full: t.boolean({
      description: 'It looks at every file, also where `SCAN_SHORTCUT` lets scans pass by unchanged folders.',
      resolve: ({ input }) => input.full ?? false,
    }),
    limit: t.int({
      nullable: true,
      description: 'After how many files of each category it stops; null: never.',
      resolve: ({ input }) => input.limit,
    }),
    appliesPlanOf: t.id({
      nullable: true,
      description: 'The `id` of the ScanJob whose plan it carries out, exactly; null where it does what it finds itself.',
      resolve: ({ input: { appliesPlanOf } }) =>
        appliesPlanOf === undefined ? null : encodePublicId('ScanJob', appliesPlanOf),
    }),
    summary: t.field({
      type: ScanSummaryType,
      nullable: true,
      description: 'What it did, once it has ended.',
      resolve: ({ result }) => result,
    }),
  }),
});
