import { UnknownCategoryError } from '../../library/catalogue/media-errors.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import { builder } from './builder.ts';
import { ErrorInterface } from './error-interface.ts';
import { jobIdOf } from './job-types.ts';
import { watchProgress } from './watch-progress.ts';
import { ScanAlreadyRunningError, ScanPlanNotFoundError } from '../../library/scan/scan-errors.ts';
import { ScanJob } from './scan-job.schema.ts';
import { PlanEntryKindType } from './scan-plan.schema.ts';

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
      resolve: ({ jobId }, _args, { jobs }) => jobs.find({ id: jobId, kind: 'SCAN' }),
    }),
    categories: t.exposeStringList('categories', { description: 'Those that are being scanned.' }),
  }),
});

const ScanMediaInput = builder.inputType('ScanMediaInput', {
  description: 'What to scan, and how far.',
  fields: (t) => ({
    categories: t.stringList({ description: 'Keys; left out: every category.' }),
    paths: t.stringList({
      description:
        'Folders or files to scan in place of whole roots: the key of a category and the path from its root, such as ' +
        '`movies/2024`. Only what was below them is marked missing. Not together with `categories`.',
    }),
    dryRun: t.boolean({ required: true, defaultValue: false, description: 'Plan and report, and write nothing.' }),
    adoptRoot: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Take the folder that is there now for the root, though another disk was in its place before.',
    }),
    full: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Look at every file, also where `SCAN_SHORTCUT` lets scans pass by unchanged folders.',
    }),
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
    resolve: (_root, { input }, { scanner, requestedBy }) => scanner.start({ ...input, requestedBy }),
  }),
);

builder.objectType(ScanPlanNotFoundError, {
  name: 'ScanPlanNotFoundError',
  description: 'The scan has no plan that could be applied.',
  interfaces: [ErrorInterface],
});

builder.mutationField('applyScanPlan', (t) =>
  t.field({
    type: ScanJob,
    description:
      'Starts a scan that does what a dry run planned, or what a HELD scan holds back: exactly that, and only if all of ' +
      'it still holds. Else the job FAILS and nothing is changed.',
    args: {
      jobId: t.arg.id({ required: true, description: 'The `id` of the ScanJob that has the plan.' }),
      kinds: t.arg({
        type: [PlanEntryKindType],
        description:
          'Only these changes, such as all but LOSS: the others need not hold, and what is held back stays so. Left out: all.',
      }),
    },
    errors: {
      types: [ScanPlanNotFoundError, ScanAlreadyRunningError, InvalidInputError],
      union: { name: 'ApplyScanPlanResult', description: 'The scan that was started, or why there is none.' },
    },
    resolve(_root, { jobId, kinds }, { scanner, requestedBy }) {
      const id = jobIdOf(jobId);
      if (id === null) throw new ScanPlanNotFoundError(jobId);
      return scanner.applyPlan(id, requestedBy, kinds);
    },
  }),
);

builder.subscriptionField('scanProgress', (t) =>
  t.field({
    type: ScanJob,
    description:
      'A scan now and whenever it changes, at most five times a second, up to its final state. Without an ID: the scan ' +
      'that runs, or the last one, and then every scan.',
    args: { jobId: t.arg.id({ description: 'The `id` of a ScanJob.' }) },
    subscribe: (_root, { jobId }, context) => watchProgress(context, 'SCAN', jobId),
    resolve: (job) => job,
  }),
);
