import { builder } from './builder.ts';
import { Job } from './job.schema.ts';
import type { JobRecord } from '../../library/jobs/job-record.ts';
import { ImageProxyReportType } from './image-proxy-report.schema.ts';

export const ImageProxyJob = builder.node(builder.objectRef<JobRecord<'IMAGE_PROXY'>>('ImageProxyJob'), {
  description: 'Makes image proxies. Its progress counts the bytes that they save as `bytesDone`.',
  interfaces: [Job],
  id: { resolve: ({ id }) => id },
  loadOne: (id, { jobs }) => jobs.find({ id, kind: 'IMAGE_PROXY' }),
  isTypeOf: (value) => (value as JobRecord).kind === 'IMAGE_PROXY',
  fields: (t) => ({
    dryRun: t.boolean({
      description: 'Looks and reports, and writes nothing.',
      resolve: ({ input }) => input.dryRun,
    }),
    report: t.field({
      type: ImageProxyReportType,
      nullable: true,
      description: 'What it did, once it has ended; of a cancelled one, as far as it came.',
      resolve: ({ result }) => result,
    }),
  }),
});
