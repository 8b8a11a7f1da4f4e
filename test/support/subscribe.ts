import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** One result of a subscription, as the client got it. */
export interface SubscriptionResult<Data = unknown> {
  data?: Data | null;
  errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
}

export interface Operation {
  query: string;
  variables?: Record<string, unknown>;
}

/** Follows a subscription until it ends, or the consumer stops listening, which ends the connection. */
export type Subscribe = <Data>(url: string, operation: Operation) => AsyncGenerator<SubscriptionResult<Data>>;

/** Server-sent events, in the "distinct connections" mode of the GraphQL-over-SSE protocol. */
export async function* subscribeOverSse<Data>(
  url: string,
  operation: Operation,
): AsyncGenerator<SubscriptionResult<Data>> {
  const client = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(operation),
    signal: client.signal,
  });
  try {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        // A dot would stop at the other ends of lines, which JSON does not escape.
        const data = /^data: (\{[^\n]*\})$/m.exec(event)?.[1];
        if (data !== undefined) yield JSON.parse(data) as SubscriptionResult<Data>;
      }
    }
  } finally {
    client.abort();
  }
}

/** The graphql-ws protocol, on a socket of its own. */
export async function* subscribeOverWebSocket<Data>(
  url: string,
  operation: Operation,
): AsyncGenerator<SubscriptionResult<Data>> {
  const client = openWebSocketClient(url);
  try {
    yield* client.iterate(operation) as AsyncIterable<SubscriptionResult<Data>>;
  } finally {
    client.terminate();
    await client.dispose();
  }
}

export function openWebSocketClient(url: string) {
  return createClient({ url: url.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
}
