import { largestPage, toPageRequest } from '../catalogue/page-request.ts';
import { builder } from '../graphql/builder.ts';
import { toConnection } from '../graphql/to-connection.ts';
import { progressPercent, type JobProgress } from './job-progress.ts';
import { jobKinds, jobStatuses, type JobRecord } from './job-record.ts';
import { jobTypeNames } from './job-types.ts';
import type { JobItemError } from './list-item-errors.ts';

export const JobKindType = builder.enumType('JobKind', {
  description: 'What a job does; each kind has an object type of its own.',
  values: jobKinds,
});

export const JobStatusType = builder.enumType('JobStatus', {
  description: 'Where a job stands. QUEUED, RUNNING and CANCELLING jobs are at work, the others have ended for good.',
  values: jobStatuses,
});

const JobProgressType = builder.objectRef<JobProgress>('JobProgress').implement({
  description: 'How far a job is.',
  fields: (t) => ({
    done: t.exposeInt('done', { description: 'Items.' }),
    total: t.exposeInt('total', { nullable: true, description: 'Items; null while it is unknown.' }),
    bytesDone: t.expose('bytesDone', { type: 'SafeInt' }),
    bytesTotal: t.expose('bytesTotal', { type: 'SafeInt', nullable: true, description: 'Null while it is unknown.' }),
    percent: t.float({
      nullable: true,
      description: 'By bytes where their total is known, else by items; null while neither is.',
      resolve: progressPercent,
    }),
    currentItem: t.exposeString('currentItem', { nullable: true }),
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

const JobItemErrorType = builder.objectRef<JobItemError>('JobItemError').implement({
  description: 'One item that failed while the job went on.',
  fields: (t) => ({
    item: t.exposeString('item', { description: 'What failed, such as a path.' }),
    code: t.exposeString('code', { description: 'Stable, for programs.' }),
    message: t.exposeString('message'),
    at: t.expose('at', { type: 'DateTime' }),
  }),
});

/** What all kinds of jobs have; the object type of a kind belongs to its domain, and is named in `jobTypeNames`. */
export const Job = builder.interfaceRef<JobRecord>('Job').implement({
  description: 'Work that outlasts a request. It survives a restart of the service, and can be followed and cancelled.',
  interfaces: [builder.nodeInterfaceRef()],
  resolveType: ({ kind }) => jobTypeNames[kind],
  fields: (t) => ({
    kind: t.expose('kind', { type: JobKindType }),
    status: t.expose('status', { type: JobStatusType }),
    progress: t.expose('progress', { type: JobProgressType }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it first ran.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
    requestedBy: t.exposeString('requestedBy', { nullable: true }),
    failure: t.exposeString('failure', { nullable: true, description: 'Why it FAILED.' }),
    itemErrors: t.connection(
      {
        type: JobItemErrorType,
        description: `The items that failed, oldest first: 50 a page unless told otherwise, at most ${largestPage}.`,
        resolve: async ({ id }, page, { jobs }) => toConnection(await jobs.itemErrors(id, toPageRequest(page))),
      },
      { name: 'JobItemErrorConnection' },
      { name: 'JobItemErrorEdge' },
    ),
  }),
});
