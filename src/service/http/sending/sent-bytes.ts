import type { ServerResponse } from 'node:http';

const listeners = new WeakMap<ServerResponse, (bytes: number) => void>();

/** Has the bytes of a response's body counted, as far as they are streamed. */
export function countSentBytes(response: ServerResponse, listener: (bytes: number) => void): void {
  listeners.set(response, listener);
}

/** What hears of the bytes that are sent with it. */
export function sentBytesListener(response: ServerResponse): ((bytes: number) => void) | undefined {
  return listeners.get(response);
}
