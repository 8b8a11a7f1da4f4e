import { builder } from './builder.ts';
import { Job } from './job.schema.ts';
import type { JobRecord } from '../../library/jobs/job-record.ts';
import type { ImageProxyInput } from '../../library/image-proxies/image-proxy-batch.ts';
import type { ImageProxyReport } from '../../library/image-proxies/image-proxy-report.ts';
import { ImageProxyReportType } from './image-proxy-report.schema.ts';

export const ImageProxyJob = builder.node(builder.objectRef<JobRecord>('ImageProxyJob'), {
  description: 'Makes image proxies. Its progress counts the bytes that they save as `bytesDone`.',
  interfaces: [Job],
  id: { resolve: ({ id }) => id },
  async loadOne(id, { jobs }) {
    const job = await jobs.find(id);
    return job?.kind === 'IMAGE_PROXY' ? job : null;
  },
  isTypeOf: (value) => (value as JobRecord).kind === 'IMAGE_PROXY',
  fields: (t) => ({
    dryRun: t.boolean({
      description: 'Looks and reports, and writes nothing.',
      resolve: ({ input }) => (input as unknown as ImageProxyInput).dryRun,
    }),
    report: t.field({
      type: ImageProxyReportType,
      nullable: true,
      description: 'What it did, once it has ended; of a cancelled one, as far as it came.',
      resolve: ({ result }) => result as unknown as ImageProxyReport | null,
    }),
  }),
});
