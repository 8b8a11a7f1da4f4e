import { expect, it, onTestFinished } from 'vitest';
import type { Service } from '../../src/service/service.ts';
import { startSchedule } from '../../src/library/scan/watch/schedule.ts';
import { createScanTurns } from '../../src/library/scan/watch/scan-turns.ts';
import { createWatchDuty } from '../../src/library/scan/watch/watch-duty.ts';
import { describeOnPostgresql } from '../support/databases.ts';
import { startTwoNodes } from '../support/two-nodes.ts';

async function scansOf({ jobs }: Service) {
  const { edges } = await jobs.list({ kinds: ['SCAN'] }, { count: 100, backward: false, cursor: null });
  return edges.map(({ node }) => node);
}

describeOnPostgresql('two nodes', (open) => {
  it('start one scan for each time of the schedule, however late one of them is', async () => {
    const [a, b] = (await startTwoNodes(open.url())).map(({ app }) => app) as [Service, Service];
    const [ofA, ofB] = [createScanTurns(a), createScanTurns(b)];
    const time = new Date('2026-01-01T03:00:00Z');
    const started = await Promise.all([ofA.startScheduled(time), ofB.startScheduled(time)]);
    const first = started.find((job) => job !== null);
    expect(started).toContain(null);
    await a.jobs.waitFor(String(first?.id));
    expect(await ofB.startScheduled(time)).toBeNull();
    expect(await ofA.startScheduled(time)).toBeNull();
    const next = await ofB.startScheduled(new Date('2026-01-02T03:00:00Z'));
    expect(next).toMatchObject({ requestedBy: 'schedule', input: { scheduledFor: '2026-01-02T03:00:00.000Z' } });
    await b.jobs.waitFor(String(next?.id));
    expect(await scansOf(a)).toHaveLength(2);
  });

  it('share the times of a pattern', async () => {
    const nodes = (await startTwoNodes(open.url())).map(({ app }) => app) as [Service, Service];
    const failures: object[] = [];
    const log = { info: () => undefined, error: (fields: object) => failures.push(fields) };
    for (const node of nodes) {
      const schedule = startSchedule('* * * * * *', { ...node, log, turns: createScanTurns(node) });
      onTestFinished(() => schedule.close());
    }
    await expect.poll(async () => (await scansOf(nodes[0])).length).toBeGreaterThan(2);
    const times = (await scansOf(nodes[0])).map((job) => (job.input as { scheduledFor?: string }).scheduledFor);
    expect(new Set(times).size).toBe(times.length);
    expect(failures).toEqual([]);
  });

  it('scan once where both start, and again where something was not configured then', async () => {
    const [a, b] = await startTwoNodes(open.url());
    const job = await a.app.startFirstScan();
    expect(await b.app.startFirstScan()).toBeNull();
    await a.app.jobs.waitFor(String(job?.id));
    expect(await b.app.startFirstScan()).toBeNull();
    await a.writeConfig([{ key: 'movies', default: true }, { key: 'photos' }, { key: 'music' }]);
    await b.app.mediaConfig.reload();
    expect(await b.app.startFirstScan()).toMatchObject({ input: { categories: ['movies', 'photos', 'music'] } });
  });

  it('watch a root once, and the other one does where the first one ends or has no disk', async () => {
    const [a, b] = await startTwoNodes(open.url());
    const isHere = { a: true, b: true };
    const dutyOf = ({ app }: typeof a, node: keyof typeof isHere) => {
      const recogniseOften = async () =>
        isHere[node]
          ? ({ state: 'ONLINE', isCertain: true } as const)
          : ({ state: 'OFFLINE', reason: 'it is away', exists: false } as const);
      return createWatchDuty({ leases: app.peers.leases, roots: { recogniseOften } });
    };
    const [ofA, ofB] = [dutyOf(a, 'a'), dutyOf(b, 'b')];
    const photos = a.category('photos');
    const has = async () => [await ofA.has(photos), await ofB.has(photos)];
    expect(await has()).toEqual([true, false]);
    expect(await has()).toEqual([true, false]);
    isHere.a = false;
    expect(await has()).toEqual([false, true]);
    isHere.a = true;
    expect(await has()).toEqual([false, true]);
    b.app.peers.session?.renew();
    await expect.poll(() => ofA.has(photos)).toBe(true);
    await expect.poll(() => b.app.peers.session?.isConnected()).toBe(true);
    expect(await has()).toEqual([true, false]);
    await ofA.leave('photos');
    expect(await ofB.has(photos)).toBe(true);
  });
});
