import type { Logger } from 'pino';
import { Client } from 'pg';
import { orAfter } from '../async/or-after.ts';
import { pause } from '../async/pause.ts';
import { sessionConfig, type ConnectionOptions } from '../database/postgresql/connection-options.ts';
import { toPostgresqlFailure } from '../database/postgresql/postgresql-failures.ts';
import { ServiceBusyError } from '../errors/domain-error.ts';

/**
 * One connection to PostgreSQL that stands for as long as the process lives, and is made anew where it breaks. What belongs to a session, such
 * as what it listens to and its locks, is gone with each.
 */
export interface Session {
  isConnected(): boolean;
  /** Runs one short statement. Throws ServiceBusyError where there is no connection, or no answer in time: then it is made anew. */
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Calls the listener with every notification. */
  onNotification(listener: (payload: string) => void): void;
  /** Calls the listener after each break, when there is a connection again. */
  onReturn(listener: () => void): void;
  /** Calls the listener when the connection has broken: its locks are gone, or will be. */
  onBreak(listener: () => void): void;
  /** Makes the connection anew: it answers, and does not hear. */
  renew(): void;
  close(): Promise<void>;
}

export interface SessionOptions {
  url: string;
  connections: ConnectionOptions;
  log: Pick<Logger, 'info' | 'warn'>;
  /** The channel that is listened to: a plain word. */
  channel: string;
  /** How long an answer may take. */
  answerMs?: number;
  /** The first pause between two attempts to connect; each is twice as long as the one before, up to `maxPauseMs`. */
  minPauseMs?: number;
  maxPauseMs?: number;
}

type Listener<Value = void> = (value: Value) => void;

/** Connects a first time. Throws ServiceBusyError or StorageError where that fails. */
export async function openSession({
  url,
  connections,
  log,
  channel,
  answerMs = 10_000,
  minPauseMs = 200,
  maxPauseMs = 10_000,
}: SessionOptions): Promise<Session> {
  const heard: Listener<string>[] = [];
  const returned: Listener[] = [];
  const broke: Listener[] = [];
  const closed = new AbortController();
  const config = sessionConfig(connections.directUrl ?? url, connections);
  let client: Client | null = null;
  let returning: Promise<void> | undefined;

  async function connect(): Promise<void> {
    const fresh = new Client({ ...config, connectionTimeoutMillis: answerMs });
    fresh.on('error', () => discard(fresh));
    fresh.on('end', () => discard(fresh));
    fresh.on('notification', ({ payload }) => {
      if (fresh === client) for (const listener of heard) listener(payload ?? '');
    });
    try {
      await fresh.connect();
      await answerOf(fresh, `LISTEN ${channel}`);
    } catch (error) {
      destroy(fresh);
      throw error;
    }
    if (closed.signal.aborted) return destroy(fresh);
    client = fresh;
  }

  /** Lets a connection go that is broken or silent; whoever waits for its answers gets an error. */
  function discard(broken: Client): void {
    destroy(broken);
    if (broken !== client) return;
    client = null;
    for (const listener of broke) listener();
    if (closed.signal.aborted) return;
    log.warn({}, 'the connection over which nodes tell each other what happens has broken; it is made anew');
    returning ??= comeBack().finally(() => (returning = undefined));
  }

  async function comeBack(): Promise<void> {
    for (
      let pauseMs = minPauseMs;
      client === null && !closed.signal.aborted;
      pauseMs = Math.min(pauseMs * 2, maxPauseMs)
    ) {
      try {
        await connect();
      } catch {
        // PostgreSQL is away or starts: whatever else needs it says so. Many nodes come back at different times.
        await pause(pauseMs * (0.5 + Math.random()), closed.signal);
      }
    }
    if (closed.signal.aborted) return;
    log.info({}, 'nodes tell each other what happens again');
    for (const listener of returned) listener();
  }

  async function answerOf(asked: Client, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    const late = Symbol('late');
    const answer = asked.query<Record<string, unknown>>(text, values);
    const result = await orAfter(answer, answerMs, late);
    if (typeof result !== 'symbol') return result.rows;
    answer.catch(() => undefined); // It fails when the connection is let go.
    discard(asked);
    throw new ServiceBusyError('The database does not answer in time.');
  }

  await connect().catch((error: unknown) => {
    throw toPostgresqlFailure(error);
  });

  return {
    isConnected: () => client !== null,
    async query(text, values) {
      if (client === null)
        throw new ServiceBusyError('The database does not answer: a connection to it is being made anew.');
      try {
        return await answerOf(client, text, values);
      } catch (error) {
        throw toPostgresqlFailure(error);
      }
    },
    renew() {
      if (client !== null) discard(client);
    },
    onNotification: (listener) => void heard.push(listener),
    onReturn: (listener) => void returned.push(listener),
    onBreak: (listener) => void broke.push(listener),
    async close() {
      closed.abort();
      await orAfter(returning ?? Promise.resolve(), 1_000, undefined);
      const last = client;
      client = null;
      if (last === null) return;
      await orAfter(last.end(), 1_000, undefined);
      destroy(last);
    },
  };
}

/** A dead connection would not answer a farewell. */
function destroy(client: Client): void {
  client.connection.stream.destroy();
}
