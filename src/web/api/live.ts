import { createClient, type Client } from 'graphql-ws';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { base, hashOf } from './execute.ts';

let client: Client | undefined;

/**
 * Follows a subscription until it is told to stop, over one socket for the whole page that comes back by itself. `onGap` is
 * called each time when it has come back: something may have been missed.
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
    stopListening();
    stop();
  };
}

/** Ends the socket, so that the next subscription comes with the cookie of now. */
export function endLive(): void {
  void client?.dispose();
  client = undefined;
}

function connect(): Client {
  const url = new URL('graphql', base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return createClient({
    url: url.href,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (retries) => new Promise((done) => setTimeout(done, Math.min(30_000, 500 * 2 ** retries))),
  });
}
