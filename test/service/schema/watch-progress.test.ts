import { createClient } from 'graphql-ws';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { encodePublicId } from '../../../src/base/public-id.ts';
import type { GraphQLServices } from '../../../src/service/schema/context.ts';
import { createGraphQLServer } from '../../../src/service/graphql/yoga.ts';
import { loadSettings } from '../../../src/base/config/settings.ts';
import type { Archives } from '../../../src/library/delivery/archives/archives.ts';
import { createHttpServer, type HttpServer } from '../../../src/service/http/server.ts';
import type { Jobs } from '../../../src/library/jobs/jobs.ts';
import type { StoredImages } from '../../../src/library/model-records/stored-images.ts';
import { openGate } from '../../support/open-gate.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { createSlots } from '../../../src/base/async/slots.ts';
import { createGate, createTestJobs, waitUntil } from '../../library/jobs/test-jobs.ts';

const query = `subscription ($id: ID!) {
  jobProgress(jobId: $id) { __typename id status progress { done total percent } ... on ScanJob { dryRun } }
}`;

const observability = { metrics: null, tracing: null };

interface State {
  data?: { jobProgress: { status: string } };
}

/** The service's own host, with nothing behind it but jobs. */
async function serve(jobs: Jobs): Promise<{ server: HttpServer; url: string }> {
  const graphql = createGraphQLServer({ jobs } as unknown as GraphQLServices, {
    graphiql: false,
    introspection: false,
    flush: async () => undefined,
    limits: loadSettings({}, '/').graphqlLimits,
    subscriptions: createSlots(9, 'Subscriptions'),
    observability,
  });
  const server = await createHttpServer({
    graphql,
    gate: openGate,
    trustedProxies: [],
    corsOrigins: [],
    archives: {} as Archives,
    images: {} as StoredImages,
    jobs,
    media: { findFile: async () => null, openSource: () => Promise.reject(new Error('no files')) },
    pictures: { findPicturedItem: async () => null, posters: { find: () => Promise.reject(new Error('no pictures')) } },
    storyboards: {
      findPicturedItem: async () => null,
      storyboards: { find: () => Promise.reject(new Error('no storyboards')) },
      urls: { sign: (url) => url },
    },
    companions: {
      findItem: async () => null,
      companionFiles: { find: () => Promise.reject(new Error('no companions')) },
      subtitles: { convert: () => Promise.reject(new Error('no subtitles')) },
      openSource: () => Promise.reject(new Error('no files')),
    },
    imageProxies: { open: async () => null },
    checkReady: async () => undefined,
    stallTimeoutMs: 60_000,
    slots: { uploads: createSlots(9, 'Uploads'), archives: createSlots(9, 'Archives') },
    observability,
    metricsToken: undefined,
    pressure: null,
    resumable: { handle: () => Promise.reject(new Error('no uploads')) },
    log: pino({ level: 'silent' }),
  });
  return { server, url: await server.listen('127.0.0.1', 0) };
}

async function* subscribeOverSse(url: string, id: string, signal: AbortSignal): AsyncGenerator<State> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables: { id } }),
    signal,
  });
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (\{.*\})$/m.exec(event)?.[1];
      if (data !== undefined) yield JSON.parse(data) as State;
    }
  }
}

async function* subscribeOverWebSocket(url: string, id: string, signal: AbortSignal): AsyncGenerator<State> {
  const wsUrl = `${url.replace(/^http/, 'ws')}/graphql`;
  const client = createClient({ url: wsUrl, webSocketImpl: WebSocket, retryAttempts: 0 });
  signal.addEventListener('abort', () => client.terminate());
  try {
    yield* client.iterate({ query, variables: { id } }) as AsyncIterable<State>;
  } finally {
    await client.dispose();
  }
}

describeOnEachDatabase('following a job', (open) => {
  const create = createTestJobs(open);

  it.each([
    ['server-sent events', subscribeOverSse],
    ['a WebSocket', subscribeOverWebSocket],
  ])('over %s gives the current state first, and ends with the final one', async (_transport, subscribe) => {
    const { jobs } = await create();
    const gate = createGate();
    jobs.register<{ dryRun: boolean }, void>({
      kind: 'SCAN',
      async run({ progress }) {
        progress.start({ total: 4 });
        progress.advance({ done: 1 });
        await gate.passed;
        progress.advance({ done: 3 });
      },
    });
    const job = await jobs.start('SCAN', { dryRun: false });
    await waitUntil(jobs, job.id, ({ progress }) => progress.done === 1);
    const { server, url } = await serve(jobs);
    const id = encodePublicId('ScanJob', job.id);
    const common = { __typename: 'ScanJob', id, dryRun: false };
    const received: State[] = [];
    for await (const state of subscribe(url, id, new AbortController().signal)) {
      received.push(state);
      gate.open();
    }
    expect(received[0]).toEqual({
      data: { jobProgress: { ...common, status: 'RUNNING', progress: { done: 1, total: 4, percent: 25 } } },
    });
    expect(received.at(-1)).toEqual({
      data: { jobProgress: { ...common, status: 'SUCCEEDED', progress: { done: 4, total: 4, percent: 100 } } },
    });
    await server.close(1_000);
  });

  it.each([
    ['server-sent events', subscribeOverSse],
    ['a WebSocket', subscribeOverWebSocket],
  ])('over %s stops when the client goes away', async (_transport, subscribe) => {
    const { jobs } = await create();
    const gate = createGate();
    jobs.register({ kind: 'SCAN', run: () => gate.passed });
    const job = await jobs.start('SCAN', { dryRun: false });
    await waitUntil(jobs, job.id, ({ status }) => status === 'RUNNING');
    const watched: AsyncIterableIterator<unknown>[] = [];
    const spied: Jobs = {
      ...jobs,
      watch(id, signal) {
        const states = jobs.watch(id, signal);
        watched.push(states);
        return states;
      },
    };
    const { server, url } = await serve(spied);
    const client = new AbortController();
    const following = (async () => {
      for await (const _state of subscribe(url, encodePublicId('ScanJob', job.id), client.signal)) client.abort();
    })();
    await following.catch(() => undefined); // it broke its own connection off
    expect(watched).toHaveLength(1);
    // An iterator that is still open would wait for the job to change.
    await expect.poll(async () => (await watched[0]!.next()).done).toBe(true);
    gate.open();
    await server.close(1_000);
  });

  it('fails at once for a job that does not exist', async () => {
    const { jobs } = await create();
    const { server, url } = await serve(jobs);
    const received: unknown[] = [];
    for await (const state of subscribeOverSse(url, encodePublicId('ScanJob', 'nothing'), AbortSignal.timeout(5_000))) {
      received.push(state);
    }
    expect(received).toMatchObject([{ errors: [{ extensions: { code: 'JOB_NOT_FOUND' } }] }]);
    await server.close(1_000);
  });
});
