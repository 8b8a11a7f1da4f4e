import { UnknownCategoryError } from '../catalogue/media-errors.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { builder } from '../graphql/builder.ts';
import { ErrorInterface } from '../graphql/error-interface.ts';
import { JobNotFoundError } from '../jobs/job-errors.ts';
import { jobIdOf } from '../jobs/job-types.ts';
import { ScanAlreadyRunningError } from './scan-errors.ts';
import { ScanJob } from './scan-job.schema.ts';

builder.objectType(UnknownCategoryError, {
  name: 'UnknownCategoryError',
  description: 'A key that is no category of the configuration.',
  interfaces: [ErrorInterface],
});

builder.objectType(ScanAlreadyRunningError, {
  name: 'ScanAlreadyRunningError',
  description: 'One of the categories is being scanned already.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    job: t.field({
      type: ScanJob,
      nullable: true,
      description: 'The scan that runs.',
      resolve: ({ jobId }, _args, { jobs }) => jobs.find(jobId),
    }),
    categories: t.exposeStringList('categories', { description: 'Those that are being scanned.' }),
  }),
});

const ScanMediaInput = builder.inputType('ScanMediaInput', {
  description: 'What to scan, and how far.',
  fields: (t) => ({
    categories: t.stringList({ description: 'Keys; left out: every category.' }),
    dryRun: t.boolean({ required: true, defaultValue: false, description: 'Plan and report, and write nothing.' }),
    limit: t.int({ description: 'Stop after so many files of each category; nothing is marked missing then.' }),
  }),
});

builder.mutationField('scanMedia', (t) =>
  t.field({
    type: ScanJob,
    description: 'Starts to bring the catalogue in step with the disk. Follow the job with `scanProgress`.',
    args: { input: t.arg({ type: ScanMediaInput, required: true, description: 'May be empty: all of it.' }) },
    errors: {
      types: [UnknownCategoryError, InvalidInputError, ScanAlreadyRunningError],
      union: { name: 'ScanMediaResult', description: 'The scan that was started, or why there is none.' },
    },
    resolve: (_root, { input }, { scanner }) => scanner.start(input),
  }),
);

builder.subscriptionField('scanProgress', (t) =>
  t.field({
    type: ScanJob,
    description:
      'A scan now and whenever it changes, at most five times a second, up to its final state. Without an ID: the scan ' +
      'that runs, or the last one, and then every scan.',
    args: { jobId: t.arg.id({ description: 'The `id` of a ScanJob.' }) },
    async subscribe(_root, { jobId }, { jobs, signal }) {
      if (jobId === null || jobId === undefined) return jobs.watchKind('SCAN', signal);
      const id = jobIdOf(jobId);
      const job = id === null ? null : await jobs.find(id);
      // Told now it is the answer to the operation; told by the first state it would break the stream.
      if (job?.kind !== 'SCAN') throw new JobNotFoundError(jobId);
      return jobs.watch(job.id, signal);
    },
    resolve: (job) => job,
  }),
);
