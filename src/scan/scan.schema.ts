import { UnknownCategoryError } from '../catalogue/media-errors.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { builder } from '../graphql/builder.ts';
import { ErrorInterface } from '../graphql/error-interface.ts';
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
    args: { input: t.arg({ type: ScanMediaInput, required: true }) },
    errors: {
      types: [UnknownCategoryError, InvalidInputError, ScanAlreadyRunningError],
      union: { name: 'ScanMediaResult' },
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
    args: { jobId: t.arg.id() },
    subscribe(_root, { jobId }, { jobs, signal }) {
      if (!jobId) return jobs.watchKind('SCAN', signal);
      const id = jobIdOf(jobId);
      if (id === null) throw new InvalidInputError('jobId', `"${jobId.slice(0, 80)}" is not the ID of a scan.`);
      return jobs.watch(id, signal);
    },
    resolve: (job) => job,
  }),
);
