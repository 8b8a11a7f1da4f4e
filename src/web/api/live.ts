import { createClient, type Client } from 'graphql-ws';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { base, hashOf } from './execute.ts';

let client: Client | undefined;

/** How often those who follow ask for themselves while the socket is cut. */
const pollMs = 5_000;

const followers = new Set<() => void>();
let polling: ReturnType<typeof setInterval> | undefined;

/**
 * Follows a subscription until it is told to stop, over one socket for the whole page that comes back by itself. One that the
 * service ends, as it does when it stops, or refuses, is asked for anew. `onGap` is called each time after something may have
 * been missed, and every five seconds while the socket is cut.
 */
export function follow<Result, Variables>(
  operation: TypedDocumentString<Result, Variables>,
  variables: Variables | undefined,
  { onData, onGap }: { onData: (data: Result) => void; onGap?: () => void },
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let end = begin();
  if (onGap) followers.add(onGap);

  function begin(): () => void {
    client ??= connect();
    const stopListening = client.on('connected', (_socket, _payload, wasRetry) => {
      if (wasRetry) onGap?.();
    });
    const payload = { query: '', documentId: hashOf(operation), variables: variables ?? {} };
    const stop = client.subscribe<Result>(payload, {
      next: ({ data }) => {
        if (data) onData(data);
      },
      error: () => beginAgain(afterRefusalMs),
      complete: () => beginAgain(afterEndMs),
    });
    return () => {
      stopListening();
      stop();
    };
  }

  function beginAgain(waitMs: number): void {
    // What is stopped completes, too.
    if (isStopped || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      end();
      end = begin();
      onGap?.();
    }, waitMs);
  }

  return () => {
    if (onGap) followers.delete(onGap);
    isStopped = true;
    clearTimeout(timer);
    end();
  };
}

const afterEndMs = 3_000;
/** Nobody is signed in, perhaps, or too many follow something. */
const afterRefusalMs = 30_000;

/** Ends the socket, so that the next subscription comes with the cookie of now. */
export function endLive(): void {
  void client?.dispose();
  client = undefined;
  stopPolling();
}

function connect(): Client {
  const url = new URL('graphql', base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  let answersBy: ReturnType<typeof setTimeout> | undefined;
  // One that was replaced says nothing of the one that is in its place.
  const note = (open: boolean) => {
    if (client !== connected) return;
    if (open) stopPolling();
    else polling ??= setInterval(askAll, pollMs);
  };
  const connected = createClient({
    url: url.href,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (retries) => new Promise((done) => setTimeout(done, Math.min(30_000, 500 * 2 ** retries))),
    keepAlive: 15_000,
    on: {
      connected: () => note(true),
      closed: () => note(false),
      // What was cut without a word answers no ping; it is given up then, and made anew.
      ping: (received) => {
        if (!received) answersBy = setTimeout(() => connected.terminate(), 10_000);
      },
      pong: (received) => received && clearTimeout(answersBy),
    },
  });
  return connected;
}

function askAll(): void {
  for (const ask of followers) ask();
}

function stopPolling(): void {
  clearInterval(polling);
  polling = undefined;
}
