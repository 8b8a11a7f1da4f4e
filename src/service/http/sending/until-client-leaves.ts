import type { IncomingMessage } from 'node:http';

type ClientRequest = Pick<IncomingMessage, 'socket'>;

/**
 * Gives the work a signal that is aborted once the client has left; returns null where it left before the work was
 * done. The response's own `close` is not enough: a response that waits behind another one on its connection never gets
 * it.
 */
export async function untilClientLeaves<T>(
  { socket }: ClientRequest,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const client = new AbortController();
  const leave = () => client.abort();
  socket.once('close', leave);
  try {
    if (socket.destroyed) return null;
    return await work(client.signal);
  } catch (error) {
    // A failed write is reported before the connection's close.
    if (client.signal.aborted || socket.errored) return null;
    throw error;
  } finally {
    socket.off('close', leave);
  }
}
