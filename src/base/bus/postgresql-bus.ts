import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { orAfter } from '../async/or-after.ts';
import { createBusListeners } from './bus-listeners.ts';
import type { Bus } from './bus.ts';
import { packMessages, readPacket, type BusMessage, type Packet } from './pack-messages.ts';
import type { Session } from './session.ts';

export const busChannel = 'mediashelf';

interface PostgresqlBusOptions {
  /** Listens to `busChannel`; the caller closes it. */
  session: Session;
  log: Pick<Logger, 'error'>;
  /** The least time between two sendings: PostgreSQL has one lock for all of them. */
  gatherMs?: number;
  /** How often the session is asked whether it still hears. */
  pingMs?: number;
  /** How long it may take until it hears itself. */
  echoMs?: number;
}

/** Messages that wait for a connection; beyond them others are told of a gap. */
const maxWaiting = 2_000;
const lastWordMs = 1_000;

/**
 * The bus of PostgreSQL: NOTIFY over a session of its own, never inside a transaction that writes. Notifications come in the order of
 * their sendings, to every session that listens, and none is kept for one that does not.
 */
export function createPostgresqlBus({
  session,
  log,
  gatherMs = 200,
  pingMs = 15_000,
  echoMs = 10_000,
}: PostgresqlBusOptions): Bus {
  const self = randomUUID();
  const listeners = createBusListeners(log);
  let waiting: BusMessage[] = [];
  let hasGap = false;
  let number = 0;
  let sentAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;
  let echo = new AbortController();

  session.onNotification((payload) => {
    const packet = readPacket(payload);
    if (packet === null) return;
    // Its own packets have been told here when they were published, and show that the session hears.
    if (packet.from === self) return echo.abort();
    if (packet.hasGap === true) listeners.tellOfGap();
    for (const [topic, message] of packet.messages) listeners.tell(topic, message, false);
  });
  session.onReturn(() => {
    listeners.tellOfGap();
    send();
  });
  const pinging = setInterval(() => void ping(), pingMs).unref();

  function publish(topic: string, message: string): void {
    if (waiting.length < maxWaiting) waiting.push([topic, message]);
    else {
      waiting = [];
      hasGap = true;
    }
    listeners.tell(topic, message, true);
    schedule();
  }

  /** What comes alone is sent at once; what follows shortly is sent together. */
  function schedule(): void {
    timer ??= setTimeout(send, Math.max(0, sentAt + gatherMs - performance.now())).unref();
  }

  /** Two sendings at once would change the order. */
  function send(): void {
    clearTimeout(timer);
    timer = undefined;
    if (sending !== undefined || !session.isConnected() || (waiting.length === 0 && !hasGap)) return;
    sending = sendWaiting().finally(() => {
      sending = undefined;
      if (waiting.length > 0) schedule();
    });
  }

  async function sendWaiting(): Promise<void> {
    const packets = packMessages(waiting).map((messages) => packetOf(messages));
    if (hasGap) packets.unshift({ ...packetOf([]), hasGap });
    waiting = [];
    hasGap = false;
    sentAt = performance.now();
    // Whether they were told is not known where this fails. The session is made anew then, or says so itself.
    await notify(packets).catch(() => (hasGap = true));
  }

  function packetOf(messages: BusMessage[]): Packet {
    number += 1;
    return { from: self, number, messages };
  }

  async function notify(packets: readonly Packet[]): Promise<void> {
    const payloads = packets.map((packet) => JSON.stringify(packet));
    await session.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [busChannel, payloads]);
  }

  /** A connection may be dead without a word, and a pool of connections may have let go of what was listened to. */
  async function ping(): Promise<void> {
    if (!session.isConnected()) return;
    echo = new AbortController();
    const heard = new Promise<boolean>((resolve) => echo.signal.addEventListener('abort', () => resolve(true)));
    try {
      await notify([packetOf([])]);
      if (!(await orAfter(heard, echoMs, false))) session.renew();
    } catch {
      // The session is made anew where it does not answer.
    }
  }

  return {
    reachesOthers: true,
    publish,
    subscribe: (topic, listener) => listeners.add(topic, listener),
    async close() {
      clearInterval(pinging);
      await orAfter(sending ?? Promise.resolve(), lastWordMs, undefined);
      send();
      await orAfter(sending ?? Promise.resolve(), lastWordMs, undefined);
      clearTimeout(timer);
    },
  };
}
