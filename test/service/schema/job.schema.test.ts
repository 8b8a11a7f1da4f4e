import { mkdir, rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { graphql } from '../../generated/gql.ts';
import type { ListJobsQueryVariables } from '../../generated/graphql.ts';
import { holdScans } from '../../support/held-scans.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

const ReadJob = graphql(/* GraphQL */ `
  query ReadJob($id: ID!, $first: Int, $after: String) {
    job(id: $id) {
      __typename
      id
      kind
      status
      createdAt
      startedAt
      finishedAt
      requestedBy
      failure
      itemErrors(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            item
            code
          }
        }
      }
    }
  }
`);

const ListJobs = graphql(/* GraphQL */ `
  query ListJobs(
    $kinds: [JobKind!]
    $statuses: [JobStatus!]
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    jobs(kinds: $kinds, statuses: $statuses, first: $first, after: $after, last: $last, before: $before) {
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        node {
          id
        }
      }
    }
  }
`);

const CancelJob = graphql(/* GraphQL */ `
  mutation CancelJob($id: ID!) {
    cancelJob(id: $id) {
      __typename
      ... on Job {
        id
        status
      }
      ... on Error {
        code
      }
    }
  }
`);

const RetryJob = graphql(/* GraphQL */ `
  mutation RetryJob($id: ID!) {
    retryJob(id: $id) {
      __typename
      ... on ScanJob {
        id
        status
      }
      ... on Error {
        code
      }
      ... on JobLockedError {
        job {
          id
        }
      }
    }
  }
`);

const scanId = (id: string) => encodePublicId('ScanJob', id);
const timestamp = expect.stringMatching(/^\d{4}-.*Z$/);
const noJob = [scanId('nothing'), scanId('NUL \0'), encodePublicId('MediaItem', 1), 'rubbish', ''];

async function scan({ app }: TestService, categories?: string[]): Promise<string> {
  const { id } = await app.scanner.start({ categories });
  await app.jobs.waitFor(id);
  return scanId(id);
}

async function list(service: TestService, variables: ListJobsQueryVariables = {}) {
  const { edges, pageInfo } = (await service.request(ListJobs, variables)).jobs;
  return { ids: edges.map(({ node }) => node.id), pageInfo };
}

/** A service of which a scan has failed in two categories of three, whose roots are gone. */
async function startBroken() {
  const categories = [{ key: 'movies', default: true }, { key: 'broken1' }, { key: 'broken2' }];
  const service = await startTestService({ categories });
  const roots = ['broken1', 'broken2'].map((key) => service.category(key).rootPath);
  for (const root of roots) await rm(root, { recursive: true });
  return { service, roots, id: await scan(service) };
}

it('job tells how it ended and which items failed, a page at a time', async () => {
  const { service, roots, id } = await startBroken();
  const failed = (index: number) => ({
    node: { item: `broken${index + 1}/${roots[index]}`, code: 'root_path_missing' },
  });
  const first = await service.request(ReadJob, { id, first: 1 });
  expect(first).toEqual({
    job: {
      __typename: 'ScanJob',
      id,
      kind: 'SCAN',
      status: 'SUCCEEDED_WITH_ERRORS',
      createdAt: timestamp,
      startedAt: timestamp,
      finishedAt: timestamp,
      requestedBy: null,
      failure: null,
      itemErrors: { edges: [failed(0)], pageInfo: { hasNextPage: true, endCursor: expect.any(String) } },
    },
  });
  const after = first.job?.itemErrors.pageInfo.endCursor;
  expect(await service.request(ReadJob, { id, after })).toMatchObject({
    job: { itemErrors: { edges: [failed(1)], pageInfo: { hasNextPage: false } } },
  });
});

it('job is null for every ID that is not that of a job', async () => {
  const service = await startTestService();
  for (const id of noJob) expect(await service.request(ReadJob, { id })).toEqual({ job: null });
});

it('jobs lists the newest first, by kind and status, in pages of both directions', async () => {
  const service = await startTestService();
  const oldest = await scan(service);
  const middle = await scan(service);
  await rm(service.category('photos').rootPath, { recursive: true });
  const newest = await scan(service);
  expect((await list(service)).ids).toEqual([newest, middle, oldest]);
  expect((await list(service, { statuses: ['SUCCEEDED'] })).ids).toEqual([middle, oldest]);
  expect((await list(service, { statuses: ['SUCCEEDED_WITH_ERRORS', 'FAILED'], kinds: ['SCAN'] })).ids).toEqual([
    newest,
  ]);
  expect((await list(service, { kinds: ['HASH'] })).ids).toEqual([]);

  const start = await list(service, { first: 1 });
  expect(start).toMatchObject({ ids: [newest], pageInfo: { hasNextPage: true, hasPreviousPage: false } });
  const rest = await list(service, { first: 2, after: start.pageInfo.endCursor });
  expect(rest).toMatchObject({ ids: [middle, oldest], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
  const back = await list(service, { last: 5, before: rest.pageInfo.startCursor });
  expect(back).toMatchObject({ ids: [newest], pageInfo: { hasNextPage: true, hasPreviousPage: false } });
});

it('jobs refuses pages over 200 and broken cursors', async () => {
  const service = await startTestService();
  const nul = Buffer.from('1:\0').toString('base64url');
  const wrong: [string, ListJobsQueryVariables][] = [
    ['first', { first: 201 }],
    ['last', { last: -1 }],
    ['after', { after: 'rubbish' }],
    ['after', { after: nul }],
    ['before', { last: 1, before: nul }],
  ];
  for (const [field, variables] of wrong) {
    const { body } = await service.post({ query: ListJobs.toString(), variables });
    expect(body).toMatchObject({ data: null, errors: [{ extensions: { code: 'INVALID_INPUT', field } }] });
  }
});

it('cancelJob stops a job that runs, once', async () => {
  const service = await startTestService();
  holdScans(service.app);
  const { jobs, scanner } = service.app;
  const { id } = await scanner.start({});
  for await (const { status } of jobs.watch(id)) if (status === 'RUNNING') break;
  expect(await service.request(CancelJob, { id: scanId(id) })).toEqual({
    cancelJob: { __typename: 'ScanJob', id: scanId(id), status: 'CANCELLING' },
  });
  await jobs.waitFor(id);
  expect(await service.request(ReadJob, { id: scanId(id) })).toMatchObject({
    job: { status: 'CANCELLED', finishedAt: timestamp },
  });
  expect(await service.request(CancelJob, { id: scanId(id) })).toEqual({
    cancelJob: { __typename: 'JobFinishedError', code: 'JOB_FINISHED' },
  });
});

it('cancelJob and retryJob answer that there is no such job', async () => {
  const service = await startTestService();
  const error = { __typename: 'JobNotFoundError', code: 'JOB_NOT_FOUND' };
  for (const id of noJob) {
    expect(await service.request(CancelJob, { id })).toEqual({ cancelJob: error });
    expect(await service.request(RetryJob, { id })).toEqual({ retryJob: error });
  }
});

it('retryJob does what failed again, as a new job', async () => {
  const { service, roots, id } = await startBroken();
  for (const root of roots) await mkdir(root);
  const { retryJob } = await service.request(RetryJob, { id });
  if (retryJob.__typename !== 'ScanJob') throw new Error(`answered ${retryJob.__typename}`);
  expect(retryJob.id).not.toBe(id);
  const [, key = ''] = Buffer.from(retryJob.id, 'base64url').toString().split(':');
  expect(await service.app.jobs.waitFor(key)).toMatchObject({
    status: 'SUCCEEDED',
    input: { categories: ['broken1', 'broken2'] },
  });
  expect(await service.request(RetryJob, { id: retryJob.id })).toEqual({
    retryJob: { __typename: 'JobNotRetryableError', code: 'JOB_NOT_RETRYABLE' },
  });
});

it('retryJob names the job that is at work on the same things', async () => {
  const { service, id } = await startBroken();
  holdScans(service.app);
  const running = await service.app.scanner.start({ categories: ['broken2'] });
  // retryInput went with the real handler: all categories are asked for again.
  expect(await service.request(RetryJob, { id })).toEqual({
    retryJob: { __typename: 'JobLockedError', code: 'JOB_LOCKED', job: { id: scanId(running.id) } },
  });
});
