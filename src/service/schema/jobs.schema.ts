import { toPageRequest, maxPageSize } from '../../base/paging.ts';
import { isOfKind, type JobRecord } from '../../library/jobs/job-record.ts';
import { builder } from './builder.ts';
import type { GraphQLContext } from './context.ts';
import { ErrorInterface } from './error-interface.ts';
import { toConnection } from './to-connection.ts';
import { JobFinishedError, JobLockedError, JobNotFoundError, JobNotRetryableError } from '../../library/jobs/job-errors.ts';
import { jobResult } from './job-result.schema.ts';
import { Job, JobKindType, JobStatusType } from './job.schema.ts';
import { jobIdOf } from './job-types.ts';

builder.objectType(JobNotFoundError, {
  name: 'JobNotFoundError',
  description: 'There is no job with that ID.',
  interfaces: [ErrorInterface],
});

builder.objectType(JobFinishedError, {
  name: 'JobFinishedError',
  description: 'The job has ended and cannot be cancelled any more.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ status: t.expose('status', { type: JobStatusType, description: 'How it ended.' }) }),
});

builder.objectType(JobNotRetryableError, {
  name: 'JobNotRetryableError',
  description: 'The job has not ended, or nothing in it failed.',
  interfaces: [ErrorInterface],
  fields: (t) => ({ status: t.expose('status', { type: JobStatusType, description: 'Where it stands.' }) }),
});

builder.objectType(JobLockedError, {
  name: 'JobLockedError',
  description: 'Another job is at work on the same things.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    job: t.field({
      type: Job,
      nullable: true,
      description: 'The job that is at work.',
      resolve: ({ jobId }, _args, { jobs }) => jobs.find(jobId),
    }),
  }),
});

builder.queryFields((t) => ({
  jobs: t.connection(
    {
      type: Job,
      description: `All jobs, the newest first: 50 a page unless told otherwise, at most ${maxPageSize}.`,
      args: {
        kinds: t.arg({ type: [JobKindType], description: 'Left out: all kinds.' }),
        statuses: t.arg({ type: [JobStatusType], description: 'Left out: all statuses.' }),
      },
      resolve: async (_root, { kinds, statuses, ...page }, { jobs }) =>
        ({ ...toConnection(await jobs.list({ kinds, statuses }, toPageRequest(page))), kinds, statuses }),
    },
    {
      name: 'JobConnection',
      fields: (connection) => ({
        totalCount: connection.int({
          description: 'How many jobs meet the filters, on all pages.',
          resolve: ({ kinds, statuses }, _args, { jobs }) => jobs.count({ kinds, statuses }),
        }),
      }),
    },
    { name: 'JobEdge' },
  ),
  job: t.field({
    type: Job,
    nullable: true,
    description: 'The job with this ID; null where there is none.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of a job of any kind.' }) },
    resolve: (_root, { id }, { jobs }) => {
      const jobId = jobIdOf(id);
      return jobId === null ? null : jobs.find(jobId);
    },
  }),
}));

const ownJobs = 'Editors may do it with jobs over many items that they started themselves, administrators with all.';

const CancelJobResult = jobResult('CancelJobResult', 'The job as it is now, or why it cannot be cancelled.', [
  JobNotFoundError,
  JobFinishedError,
]);

const RetryJobResult = jobResult('RetryJobResult', 'The new job, or why there is none.', [
  JobNotFoundError,
  JobNotRetryableError,
  JobLockedError,
]);

builder.mutationFields((t) => ({
  cancelJob: t.field({
    type: CancelJobResult.type,
    description: `Stops a job. One that is running is CANCELLING until it has stopped. ${ownJobs}`,
    skipTypeScopes: true,
    authScopes: (_root, { id }, context) => neededToControl(id, context),
    args: { id: t.arg.id({ required: true, description: 'The `id` of a job of any kind.' }) },
    resolve: (_root, { id }, { jobs }) => CancelJobResult.resolve(async () => jobs.cancel(expectJobId(id))),
  }),
  retryJob: t.field({
    type: RetryJobResult.type,
    description: `Starts a new job that does the failed items of an ended one again, or all of one that failed or was cancelled. ${ownJobs}`,
    skipTypeScopes: true,
    authScopes: (_root, { id }, context) => neededToControl(id, context),
    args: { id: t.arg.id({ required: true, description: 'The `id` of a job of any kind.' }) },
    resolve: (_root, { id }, { jobs, requestedBy }) =>
      RetryJobResult.resolve(async () => jobs.retry(expectJobId(id), { requestedBy })),
  }),
}));

builder.subscriptionField('jobProgress', (t) =>
  t.field({
    type: Job,
    description: 'A job now and whenever it changes, at most five times a second, up to its final state.',
    args: { jobId: t.arg.id({ required: true, description: 'The `id` of a job of any kind.' }) },
    async subscribe(_root, { jobId }, { jobs, signal }) {
      const id = expectJobId(jobId);
      // Thrown here, the error is the answer to the operation; thrown by the first state, it would break the stream.
      if ((await jobs.find(id)) === null) throw new JobNotFoundError(jobId);
      return jobs.watch(id, signal);
    },
    resolve: (job) => job,
  }),
);

builder.subscriptionField('jobsChanged', (t) =>
  t.field({
    type: Job,
    description:
      'Every job that is at work, or the last one, as it is now; then each job of any kind whenever it changes, at most five states a second, the final one always among them.',
    subscribe: (_root, _args, { jobs, signal }) => jobs.watchAll(signal),
    resolve: (job) => job,
  }),
);

/** Editors control what they have started, as far as an editor may start it. */
async function neededToControl(
  publicId: string,
  { jobs, requestedBy }: GraphQLContext,
): Promise<{ editor: true } | { admin: true }> {
  const id = jobIdOf(publicId);
  const job = id === null || requestedBy === undefined ? null : await jobs.find(id);
  return job !== null && job.requestedBy === requestedBy && isForEditors(job) ? { editor: true } : { admin: true };
}

function isForEditors(job: JobRecord): boolean {
  if (isOfKind(job, 'BULK')) return job.input.action.type !== 'DELETE';
  if (isOfKind(job, 'HASH')) return job.input.selection !== undefined;
  return job.kind === 'IMAGE_PROXY';
}

/** Returns the internal ID of a job. Throws JobNotFoundError for the ID of something else. */
function expectJobId(publicId: string): string {
  const id = jobIdOf(publicId);
  if (id === null) throw new JobNotFoundError(publicId);
  return id;
}
