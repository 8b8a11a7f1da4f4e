import { graphql } from 'graphql';
import { expect, it } from 'vitest';
import { everybody } from '../../../src/service/access/principal.ts';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { schema } from '../../../src/service/schema/schema.ts';
import type { Jobs } from '../../../src/library/jobs/jobs.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { createGate, createTestJobs, waitUntil } from '../../library/jobs/test-jobs.ts';

async function ask(jobs: Jobs, source: string, variableValues: Record<string, unknown> = {}) {
  const result = await graphql({ schema, source, variableValues, contextValue: { jobs, viewer: everybody } });
  // Plain objects, as a client gets them.
  return JSON.parse(JSON.stringify(result)) as unknown;
}

const scanId = (id: string): string => encodePublicId('ScanJob', id);

const page = (ids: string[], hasNextPage: boolean, endCursor: unknown) => ({
  data: { jobs: { edges: ids.map((id) => ({ node: { id } })), pageInfo: { hasNextPage, endCursor } } },
});

describeOnEachDatabase('GraphQL on jobs', (open) => {
  const create = createTestJobs(open);

  it('shows a job with its progress and its failed items', async () => {
    const { jobs } = await create();
    jobs.register<{ dryRun: boolean }, void>({
      kind: 'SCAN',
      async run({ progress, reportItemError }) {
        progress.start({ total: 8, bytesTotal: 4_000_000_000 });
        progress.advance({ done: 2, bytes: 3_000_000_000 });
        for (const item of ['a', 'b']) reportItemError({ item, code: 'UNREADABLE', message: `${item} is broken` });
      },
    });
    const { id } = await jobs.start('SCAN', { dryRun: true }, { requestedBy: 'ada' });
    await jobs.waitFor(id);
    const query = `query ($id: ID!) {
      job(id: $id) {
        __typename id kind status requestedBy failure
        progress { done total bytesDone bytesTotal percent currentItem remainingSeconds }
        itemErrors(first: 1) { edges { node { item code message } } pageInfo { hasNextPage hasPreviousPage } }
        ... on ScanJob { dryRun }
      }
      node(id: $id) { __typename id }
    }`;
    expect(await ask(jobs, query, { id: scanId(id) })).toEqual({
      data: {
        job: {
          __typename: 'ScanJob',
          id: scanId(id),
          kind: 'SCAN',
          status: 'SUCCEEDED_WITH_ERRORS',
          requestedBy: 'ada',
          failure: null,
          progress: {
            done: 2,
            total: 8,
            bytesDone: 3_000_000_000,
            bytesTotal: 4_000_000_000,
            percent: 75,
            currentItem: null,
            remainingSeconds: null,
          },
          itemErrors: {
            edges: [{ node: { item: 'a', code: 'UNREADABLE', message: 'a is broken' } }],
            pageInfo: { hasNextPage: true, hasPreviousPage: false },
          },
          dryRun: true,
        },
        node: { __typename: 'ScanJob', id: scanId(id) },
      },
    });
  });

  it('lists jobs by kind and status, a page at a time', async () => {
    const { jobs } = await create();
    jobs.register({ kind: 'SCAN', run: async () => undefined });
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { id } = await jobs.start('SCAN', {});
      await jobs.waitFor(id);
      ids.unshift(scanId(id));
    }
    const query = `query ($after: String, $statuses: [JobStatus!]) {
      jobs(kinds: [SCAN], statuses: $statuses, first: 2, after: $after) {
        edges { node { id } }
        pageInfo { hasNextPage endCursor }
      }
    }`;
    const first = await ask(jobs, query);
    expect(first).toEqual(page(ids.slice(0, 2), true, expect.any(String)));
    const after = (first as { data: { jobs: { pageInfo: { endCursor: string } } } }).data.jobs.pageInfo.endCursor;
    expect(await ask(jobs, query, { after })).toEqual(page(ids.slice(2), false, expect.any(String)));
    expect(await ask(jobs, query, { statuses: ['FAILED'] })).toEqual(page([], false, null));
  });

  it('answers null for a job that does not exist, whatever the ID looks like', async () => {
    const { jobs } = await create();
    for (const id of [scanId('nothing'), encodePublicId('MediaItem', 1), 'rubbish', '']) {
      expect(await ask(jobs, 'query ($id: ID!) { job(id: $id) { id } }', { id })).toEqual({ data: { job: null } });
    }
  });

  it('cancels a job, and says why it cannot', async () => {
    const { jobs } = await create();
    const gate = createGate();
    jobs.register({ kind: 'SCAN', run: () => gate.passed });
    const { id } = await jobs.start('SCAN', {});
    await waitUntil(jobs, id, ({ status }) => status === 'RUNNING');
    const mutation = `mutation ($id: ID!) {
      cancelJob(id: $id) {
        __typename
        ... on Job { id status }
        ... on Error { code message }
        ... on JobFinishedError { endedAs: status }
      }
    }`;
    expect(await ask(jobs, mutation, { id: scanId(id) })).toEqual({
      data: { cancelJob: { __typename: 'ScanJob', id: scanId(id), status: 'CANCELLING' } },
    });
    gate.open();
    await jobs.waitFor(id);
    expect(await ask(jobs, mutation, { id: scanId(id) })).toEqual({
      data: {
        cancelJob: {
          __typename: 'JobFinishedError',
          code: 'JOB_FINISHED',
          message: `Job ${id} has ended as CANCELLED; only a job that is queued or running can be cancelled.`,
          endedAs: 'CANCELLED',
        },
      },
    });
    for (const unknown of [scanId('nothing'), 'rubbish']) {
      expect(await ask(jobs, mutation, { id: unknown })).toEqual({
        data: {
          cancelJob: {
            __typename: 'JobNotFoundError',
            code: 'JOB_NOT_FOUND',
            message: expect.stringContaining('no job'),
          },
        },
      });
    }
  });

  it('retries a job, and says why it cannot', async () => {
    const { jobs } = await create();
    const gate = createGate();
    let runs = 0;
    jobs.register({
      kind: 'SCAN',
      locks: () => ['scan:movies'],
      async run() {
        runs += 1;
        if (runs === 1) throw new Error('broken');
        await gate.passed;
      },
    });
    const failed = await jobs.start('SCAN', {});
    await jobs.waitFor(failed.id);
    const mutation = `mutation ($id: ID!) {
      retryJob(id: $id) { __typename ... on Job { id kind } ... on JobLockedError { job { id } } ... on Error { code } }
    }`;
    const retried = (await ask(jobs, mutation, { id: scanId(failed.id) })) as { data: { retryJob: { id: string } } };
    const { id } = retried.data.retryJob;
    expect(retried).toEqual({ data: { retryJob: { __typename: 'ScanJob', id, kind: 'SCAN' } } });
    expect(id).not.toBe(scanId(failed.id));
    expect(await ask(jobs, mutation, { id: scanId(failed.id) })).toEqual({
      data: { retryJob: { __typename: 'JobLockedError', code: 'JOB_LOCKED', job: { id } } },
    });
    expect(await ask(jobs, mutation, { id })).toEqual({
      data: { retryJob: { __typename: 'JobNotRetryableError', code: 'JOB_NOT_RETRYABLE' } },
    });
    gate.open();
  });
});
