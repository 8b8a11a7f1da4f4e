import { maxPageSize, toPageRequest } from '../../base/paging.ts';
import { builder } from './builder.ts';
import { toConnection } from './to-connection.ts';
import { progressPercent, type JobProgress } from '../../library/jobs/job-progress.ts';
import type { JobKind, JobRecord, JobStatus } from '../../library/jobs/job-record.ts';
import { jobTypeNames } from './job-types.ts';
import type { JobErrorReason, JobItemError } from '../../library/jobs/job-item-errors.ts';

export const JobKindType = builder.enumType('JobKind', {
  description: 'What a job does; each kind has an object type of its own.',
  values: {
    SCAN: { description: 'Brings the catalogue in step with the disk.' },
    IMAGE_PROXY: { description: 'Makes small stand-ins of images for analysis.' },
    LEGACY_MIGRATION: { description: 'Takes over the database of the earlier application.' },
    HASH: { description: 'Computes the SHA-256 of files.' },
    BULK: { description: 'Changes, hides or restores many items.' },
  } satisfies Record<JobKind, object>,
});

export const JobStatusType = builder.enumType('JobStatus', {
  description: 'Where a job stands. QUEUED, RUNNING and CANCELLING jobs are at work, the others have ended for good.',
  values: {
    QUEUED: { description: 'Waits for its turn, or for the next start of the service.' },
    RUNNING: { description: 'Is at work.' },
    CANCELLING: { description: 'Was told to stop, and has not yet.' },
    SUCCEEDED: { description: 'Did all it had to do.' },
    SUCCEEDED_WITH_ERRORS: { description: 'Came to its end, with items that failed.' },
    FAILED: { description: 'Could not go on.' },
    CANCELLED: { description: 'Was stopped.' },
    HELD: { description: 'Came to its end and holds back what somebody has to look at first.' },
  } satisfies Record<JobStatus, object>,
});

const JobProgressType = builder.objectRef<JobProgress>('JobProgress').implement({
  description: 'How far a job is.',
  fields: (t) => ({
    done: t.exposeInt('done', { description: 'Items, of whatever came of them.' }),
    total: t.exposeInt('total', { nullable: true, description: 'Items; null while it is unknown.' }),
    bytesDone: t.expose('bytesDone', { type: 'SafeInt', description: '0 for jobs that do not count bytes.' }),
    bytesTotal: t.expose('bytesTotal', { type: 'SafeInt', nullable: true, description: 'Null while it is unknown.' }),
    percent: t.float({
      nullable: true,
      description: 'By bytes where their total is known, else by items; null while neither is.',
      resolve: progressPercent,
    }),
    currentItem: t.exposeString('currentItem', { nullable: true, description: 'What it works on, such as a path.' }),
    itemsPerSecond: t.exposeFloat('itemsPerSecond', {
      nullable: true,
      description: 'Smoothed over some seconds; of a job that has ended, the rate of the whole run.',
    }),
    remainingSeconds: t.exposeFloat('remainingSeconds', {
      nullable: true,
      description: 'An estimate; null while there is nothing to base it on.',
    }),
  }),
});

/** The kind of the job says how its items are named. */
export type ItemErrorOfJob = JobItemError & { jobKind: JobKind };

export const JobItemErrorType = builder.objectRef<ItemErrorOfJob>('JobItemError').implement({
  description: 'One item that failed while the job went on.',
  fields: (t) => ({
    item: t.exposeString('item', { description: 'What failed, such as a path; characters that do not print are escaped.' }),
    code: t.exposeString('code', { description: 'Stable, for programs.' }),
    message: t.exposeString('message', { description: 'What went wrong, for people.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it failed.' }),
  }),
});

const JobErrorReasonType = builder.objectRef<JobErrorReason & { jobKind: JobKind }>('JobErrorReason').implement({
  description: 'All item errors of a job that have one code.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable, for programs.' }),
    count: t.exposeInt('count', { description: 'How many there are.' }),
    example: t.field({
      type: JobItemErrorType,
      description: 'The first of them.',
      resolve: ({ example, jobKind }) => ({ ...example, jobKind }),
    }),
  }),
});

/** The interface of all jobs. The object type of a kind belongs to its domain, and is named in `jobTypeNames`. */
export const Job = builder.interfaceRef<JobRecord>('Job').implement({
  description: 'Work that outlasts a request. It survives a restart of the service, and can be followed and cancelled.',
  interfaces: [builder.nodeInterfaceRef()],
  resolveType: ({ kind }) => jobTypeNames[kind],
  fields: (t) => ({
    kind: t.expose('kind', { type: JobKindType, description: 'What it does.' }),
    status: t.expose('status', { type: JobStatusType, description: 'Where it stands.' }),
    progress: t.expose('progress', { type: JobProgressType, description: 'How far it is.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it first ran.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended for good.' }),
    requestedBy: t.exposeString('requestedBy', {
      nullable: true,
      description:
        'Who asked for it: the name of the caller, `everybody` while no access is configured, `command line`, `start`, ' +
        '`schedule` or `watch`; null for jobs of earlier versions.',
    }),
    failure: t.exposeString('failure', { nullable: true, description: 'Why it FAILED.' }),
    errorReasons: t.field({
      type: [JobErrorReasonType],
      description: 'Why items failed: the item errors by their codes, the most frequent first.',
      resolve: async ({ id, kind }, _args, { jobs }) =>
        (await jobs.errorReasons(id)).map((reason) => ({ ...reason, jobKind: kind })),
    }),
    itemErrors: t.connection(
      {
        type: JobItemErrorType,
        description: `The items that failed, oldest first: 50 a page unless told otherwise, at most ${maxPageSize}.`,
        async resolve({ id, kind }, page, { jobs }) {
          const { edges, ...errors } = await jobs.itemErrors(id, toPageRequest(page));
          const named = edges.map(({ cursor, node }) => ({ cursor, node: { ...node, jobKind: kind } }));
          return { jobId: id, ...toConnection({ ...errors, edges: named }) };
        },
      },
      {
        name: 'JobItemErrorConnection',
        fields: (connection) => ({
          totalCount: connection.int({
            description: 'How many items failed, on all pages.',
            resolve: ({ jobId }, _args, { jobs }) => jobs.countItemErrors(jobId),
          }),
        }),
      },
      { name: 'JobItemErrorEdge' },
    ),
  }),
});
