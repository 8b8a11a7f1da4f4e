import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Bus } from '../../../src/base/bus/bus.ts';
import { createLocalBus } from '../../../src/base/bus/local-bus.ts';
import { createPostgresqlBus, busChannel } from '../../../src/base/bus/postgresql-bus.ts';
import { createPostgresqlLeases } from '../../../src/base/bus/postgresql-leases.ts';
import { createLocalLeases } from '../../../src/base/bus/leases.ts';
import { openSession, type Session } from '../../../src/base/bus/session.ts';
import { sql } from '../../../src/base/database/sql.ts';
import { describeOnPostgresql } from '../../support/databases.ts';

const log = pino({ level: 'silent' });

/** What a listener heard, in its order. */
function listen(bus: Pick<Bus, 'subscribe'>, topic = 'news') {
  const heard: { message: string | null; isOwn: boolean }[] = [];
  const end = bus.subscribe(topic, (message, isOwn) => void heard.push({ message, isOwn }));
  return { heard, end, messages: () => heard.map(({ message }) => message) };
}

it('tells a process that is alone at once, and goes on where a listener fails', () => {
  const bus = createLocalBus(log);
  bus.subscribe('news', () => {
    throw new Error('it fails');
  });
  const { heard, end } = listen(bus);
  bus.publish('news', 'one');
  bus.publish('other', 'not this');
  end();
  bus.publish('news', 'two');
  expect(heard).toEqual([{ message: 'one', isOwn: true }]);
});

it('gives a lease of a process that is alone once', async () => {
  const leases = createLocalLeases();
  const lease = await leases.take('it');
  expect(await leases.take('it')).toBeNull();
  await lease?.release();
  expect(lease?.signal.aborted).toBe(true);
  expect(await leases.take('it')).not.toBeNull();
});

async function processOf(session: Session): Promise<number> {
  return Number((await session.query('SELECT pg_backend_pid() AS pid'))[0]?.pid);
}

describeOnPostgresql('several processes', (open) => {
  async function connect(options: { pingMs?: number; echoMs?: number } = {}) {
    const session = await openSession({ url: open.url(), connections: {}, log, channel: busChannel, minPauseMs: 5 });
    onTestFinished(() => session.close());
    const bus = createPostgresqlBus({ session, log, gatherMs: 20, ...options });
    onTestFinished(() => bus.close());
    return { session, bus, leases: createPostgresqlLeases(session) };
  }

  it('hear each other, and themselves at once and once', async () => {
    const [a, b] = [await connect(), await connect()];
    const [ofA, ofB] = [listen(a.bus), listen(b.bus)];
    a.bus.publish('news', 'one');
    expect(ofA.heard).toEqual([{ message: 'one', isOwn: true }]);
    for (let n = 0; n < 300; n += 1) a.bus.publish('news', `${n} ${'ü"'.repeat(50)}`);
    b.bus.publish('news', 'last of B');
    await expect.poll(() => ofB.heard.length).toBe(302);
    await expect.poll(() => ofA.messages().at(-1)).toBe('last of B');
    const fromA = ofB.heard.filter(({ isOwn }) => !isOwn).map(({ message }) => message?.split(' ')[0]);
    expect(fromA).toEqual(['one', ...Array.from({ length: 300 }, (_, n) => String(n))]);
    expect(ofA.heard).toHaveLength(302);
  });

  it('hear of a message that is too large as a gap', async () => {
    const [a, b] = [await connect(), await connect()];
    const { heard } = listen(b.bus);
    a.bus.publish('news', 'x'.repeat(9_000));
    a.bus.publish('news', 'after it');
    await expect
      .poll(() => heard)
      .toEqual([
        { message: null, isOwn: false },
        { message: 'after it', isOwn: false },
      ]);
  });

  it('are told of a gap when their connection was ended, and hear again', async () => {
    const [a, b] = [await connect(), await connect()];
    const { messages } = listen(b.bus);
    const database = await open();
    await database.read(sql`SELECT pg_terminate_backend(CAST(${await processOf(b.session)} AS INTEGER))`);
    await expect.poll(messages).toEqual([null]);
    a.bus.publish('news', 'again');
    await expect.poll(messages).toEqual([null, 'again']);
  });

  it('send what they published without a connection when they have one again', async () => {
    const [a, b] = [await connect(), await connect()];
    const { messages } = listen(b.bus);
    a.session.renew();
    a.bus.publish('news', 'kept');
    expect(a.session.isConnected()).toBe(false);
    await expect.poll(messages).toEqual(['kept']);
  });

  it('tell of a gap where they published more than they keep', async () => {
    const [a, b] = [await connect(), await connect()];
    const { messages } = listen(b.bus);
    a.session.renew();
    for (let n = 0; n < 2_500; n += 1) a.bus.publish('news', String(n));
    await expect.poll(() => messages()[0]).toBe(null);
    await expect.poll(() => messages().at(-1)).toBe('2499');
  });

  it('notice that they hear nothing though the connection answers', async () => {
    const deaf = await connect({ pingMs: 20, echoMs: 20 });
    const { messages } = listen(deaf.bus);
    const before = await processOf(deaf.session);
    await deaf.session.query(`UNLISTEN ${busChannel}`);
    await expect.poll(messages).toContain(null);
    await expect.poll(() => processOf(deaf.session).catch(() => before)).not.toBe(before);
  });

  it('have a lease one after the other, and lose it with the connection', async () => {
    const [a, b] = [await connect(), await connect()];
    const lease = await a.leases.take('watch photos');
    expect([lease === null, await a.leases.take('watch photos'), await b.leases.take('watch photos')]).toEqual([
      false,
      null,
      null,
    ]);
    expect(await b.leases.take('watch films')).not.toBeNull();
    const lost = vi.fn<() => void>();
    lease?.signal.addEventListener('abort', lost);
    a.session.renew();
    expect(lost).toHaveBeenCalledOnce();
    const taken: unknown[] = [];
    await expect
      .poll(async () => {
        taken.push(await b.leases.take('watch photos'));
        return taken.at(-1);
      })
      .not.toBeNull();
    expect(await a.leases.take('watch photos')).toBeNull();
  });
});
