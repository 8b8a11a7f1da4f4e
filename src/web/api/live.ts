import { createClient, type Client } from 'graphql-ws';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { base, hashOf } from './execute.ts';

let client: Client | undefined;
let isOpen = false;

/** Whether the socket is open: else whoever must know asks. */
export function isLive(): boolean {
  return isOpen;
}

/** How often those who follow ask for themselves while the socket is cut. */
const pollMs = 5_000;

const followers = new Set<() => void>();
let polling: ReturnType<typeof setInterval> | undefined;

/**
 * Follows a subscription until it is told to stop, over one socket for the whole page that comes back by itself. `onGap` is
 * called each time when it has come back, and every five seconds while it is cut: something may have been missed.
 */
export function follow<Result, Variables>(
  operation: TypedDocumentString<Result, Variables>,
  variables: Variables | undefined,
  { onData, onGap }: { onData: (data: Result) => void; onGap?: () => void },
): () => void {
  client ??= connect();
  const stopListening = client.on('connected', (_socket, _payload, wasRetry) => {
    if (wasRetry) onGap?.();
  });
  if (onGap) followers.add(onGap);
  const stop = client.subscribe<Result>(
    { query: '', documentId: hashOf(operation), variables: variables ?? {} } as Parameters<Client['subscribe']>[0],
    {
      next: ({ data }) => {
        if (data) onData(data);
      },
      // Whoever follows what is refused to who is signed out asks anew after the next sign-in.
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return () => {
    if (onGap) followers.delete(onGap);
    stopListening();
    stop();
  };
}

/** Ends the socket, so that the next subscription comes with the cookie of now. */
export function endLive(): void {
  void client?.dispose();
  client = undefined;
  isOpen = false;
  stopPolling();
}

function connect(): Client {
  const url = new URL('graphql', base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  let answersBy: ReturnType<typeof setTimeout> | undefined;
  // One that was replaced says nothing of the one that is in its place.
  const note = (open: boolean) => {
    if (client !== connected) return;
    isOpen = open;
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
