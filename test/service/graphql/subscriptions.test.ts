import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { encodePublicId } from '../../../src/base/public-id.ts';
import { holdScans } from '../../support/held-scans.ts';
import {
  openWebSocketClient,
  subscribeOverSse,
  subscribeOverWebSocket,
  type Subscribe,
  type SubscriptionResult,
} from '../../support/subscribe.ts';
import { startTestService, type TestService } from '../../support/test-service.ts';

interface State {
  id: string;
  status: string;
  progress: { done: number; percent: number | null };
}

const fields = 'id status progress { done percent }';
const followJob = (id: string) => ({
  query: `subscription ($id: ID!) { state: jobProgress(jobId: $id) { ${fields} } }`,
  variables: { id },
});
const followScan = (id?: string) => ({
  query: `subscription ($id: ID) { state: scanProgress(jobId: $id) { ${fields} summary { dryRun } } }`,
  variables: { id: id ?? null },
});
const scanId = (id: string) => encodePublicId('ScanJob', id);

/** Starts a scan that does as the test says, and waits until it is at work. */
async function startHeldScan(service: TestService) {
  const held = holdScans(service.app);
  const { id } = await service.app.scanner.start({});
  for await (const { status } of service.app.jobs.watch(id)) if (status === 'RUNNING') break;
  return { held, id: scanId(id) };
}

/** Gives the watches that subscriptions have opened since. */
function spyOnWatches({ app }: TestService) {
  const watches = [vi.spyOn(app.jobs, 'watch'), vi.spyOn(app.jobs, 'watchKind')];
  return () => watches.flatMap((watch) => watch.mock.results.map(({ value }) => value as AsyncIterator<unknown>));
}

async function take<Data>(states: AsyncGenerator<SubscriptionResult<Data>>): Promise<SubscriptionResult<Data>> {
  const { value, done } = await states.next();
  if (done === true) throw new Error('the subscription has ended');
  return value;
}

describe.each<[string, Subscribe]>([
  ['server-sent events', subscribeOverSse],
  ['a WebSocket', subscribeOverWebSocket],
])('over %s', (_transport, subscribe) => {
  it.each([
    ['jobProgress', followJob],
    ['scanProgress', followScan],
  ])('%s sends the current state first, then changes, and ends with the final state', async (_field, follow) => {
    const service = await startTestService();
    const { held, id } = await startHeldScan(service);
    held.advance({ done: 20 });
    const states = subscribe<{ state: State }>(service.url, follow(id));
    expect((await take(states)).data?.state).toMatchObject({
      id,
      status: 'RUNNING',
      progress: { done: 20, percent: 20 },
    });
    held.advance({ done: 30 });
    expect((await take(states)).data?.state).toMatchObject({ status: 'RUNNING', progress: { done: 50, percent: 50 } });
    held.finish();
    expect((await take(states)).data?.state).toMatchObject({ id, status: 'SUCCEEDED', progress: { done: 50 } });
    expect(await states.next()).toEqual({ value: undefined, done: true });
  });

  it('a job that has ended already sends its final state, and no more', async () => {
    const service = await startTestService();
    const { id } = await service.app.scanner.start({ dryRun: true });
    await service.app.jobs.waitFor(id);
    const received: unknown[] = [];
    for await (const { data } of subscribe(service.url, followScan(scanId(id)))) received.push(data);
    expect(received).toMatchObject([{ state: { status: 'SUCCEEDED', summary: { dryRun: true } } }]);
  });

  it('scanProgress without an ID sends the last scan, and then every new one up to its end', async () => {
    const service = await startTestService();
    const { jobs, scanner } = service.app;
    const first = await scanner.start({});
    await jobs.waitFor(first.id);
    const states = subscribe<{ state: State }>(service.url, followScan());
    expect((await take(states)).data?.state).toMatchObject({ id: scanId(first.id), status: 'SUCCEEDED' });
    const second = await scanner.start({});
    let state: State | undefined;
    do {
      state = (await take(states)).data?.state;
      expect(state?.id).toBe(scanId(second.id));
    } while (state?.status !== 'SUCCEEDED');
    await states.return(undefined);
  });

  it('at most about five states a second are sent, and the final one always', async () => {
    const service = await startTestService();
    const { held, id } = await startHeldScan(service);
    const received: State[] = [];
    const following = (async () => {
      for await (const { data } of subscribe<{ state: State }>(service.url, followJob(id))) received.push(data!.state);
    })();
    const steps = 75;
    const began = performance.now();
    for (let step = 0; step < steps; step += 1) {
      held.advance({ done: 1 });
      await setTimeout(20);
    }
    held.finish();
    await following;
    expect(received.length).toBeGreaterThan(3);
    const seconds = (performance.now() - began) / 1000;
    // And one at the start and one at the end, on a machine whose timers are late.
    expect(received.length).toBeLessThanOrEqual(seconds * 5 + 3);
    expect(received.at(-1)).toMatchObject({ status: 'SUCCEEDED', progress: { done: steps } });
  });

  it('a client that leaves ends the watch', async () => {
    const service = await startTestService();
    const { id } = await startHeldScan(service);
    const watches = spyOnWatches(service);
    for (const operation of [followJob(id), followScan(id), followScan()]) {
      const states = subscribe(service.url, operation);
      await take(states);
      await states.return(undefined);
    }
    expect(watches()).toHaveLength(3);
    // The job does not change: a watch that is still open would wait.
    await expect.poll(() => Promise.all(watches().map(isOver))).toEqual([true, true, true]);
  });

  it('no job with that ID, or another type of ID, is the answer to the operation', async () => {
    const service = await startTestService();
    for (const follow of [followJob, followScan]) {
      for (const id of [scanId('nothing'), encodePublicId('MediaItem', 1), 'rubbish', '']) {
        const received: SubscriptionResult[] = [];
        for await (const result of subscribe(service.url, follow(id))) received.push(result);
        expect(received).toMatchObject([{ errors: [{ extensions: { code: 'JOB_NOT_FOUND' } }] }]);
      }
    }
  });

  it('a service that stops ends the subscription', async () => {
    const service = await startTestService();
    const { id } = await startHeldScan(service);
    const states = subscribe<{ state: State }>(service.url, followJob(id));
    await take(states);
    const closed = service.close();
    await expect(drain(states)).resolves.toBeUndefined();
    await closed;
  });
});

it('one socket carries many operations, and a wrong one does not disturb the others', async () => {
  const warnings: unknown[] = [];
  const onWarning = (warning: unknown) => void warnings.push(warning);
  process.on('warning', onWarning);
  const service = await startTestService();
  const { held, id } = await startHeldScan(service);
  const client = openWebSocketClient(service.url);
  const ask = async (query: string): Promise<unknown> => {
    for await (const result of client.iterate({ query })) return result;
    throw new Error('no answer');
  };
  const follow = async () => {
    const statuses: unknown[] = [];
    for await (const { data } of client.iterate<{ state: State }>(followJob(id))) statuses.push(data?.state.status);
    return statuses.at(-1);
  };
  const following = Array.from({ length: 20 }, follow);
  for (let round = 0; round < 20; round += 1) {
    expect(await ask('{ scanInfo { status } }')).toEqual({ data: { scanInfo: { status: 'RUNNING' } } });
  }
  await expect(ask('{ scanInfo {')).rejects.toMatchObject([{ message: expect.stringContaining('Syntax Error') }]);
  await expect(ask('{ nothing }')).rejects.toMatchObject([{ message: expect.stringContaining('"nothing"') }]);
  held.finish();
  expect(await Promise.all(following)).toEqual(Array.from({ length: 20 }, () => 'SUCCEEDED'));
  await client.dispose();
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});

async function isOver(watch: AsyncIterator<unknown>): Promise<boolean> {
  return Promise.race([watch.next().then(({ done }) => done === true), setTimeout(50, false)]);
}

async function drain(states: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const _state of states);
  } catch (error) {
    // A socket that is closed with "going away" is an end too.
    if ((error as { code?: unknown }).code !== 1001) throw error;
  }
}
