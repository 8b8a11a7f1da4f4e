import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Lets a server that closes end each connection with the answer that it carries, no sooner and no later. Node would
 * keep a connection whose answer ends after the close open for further requests, and the service would wait for its
 * clients to let go; and it takes a connection for idle, and destroys it, while an answer that was handed over whole is
 * still on its way to a slow client. Returns the function to call when the close begins.
 */
export function prepareToEndConnections(server: Server): () => void {
  /** The number of answers that each connection still has to carry. A client may send requests ahead. */
  const underWay = new Map<Socket, number>();
  let isClosing = false;
  server.on('connection', (socket) => {
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  // WebSockets are closed by their own protocol.
  server.prependListener('upgrade', ({ socket }) => underWay.delete(socket));
  server.prependListener('request', (request, response) => {
    const { socket } = request;
    count(socket, 1);
    // Closing a connection with unread parts of the body would lose an answer that came before the end of the body.
    response.once('finish', () =>
      request.complete ? endAnswer(socket) : request.once('end', () => endAnswer(socket)),
    );
  });
  // Node calls this at the beginning of `close`.
  server.closeIdleConnections = () => {
    for (const [socket, answers] of underWay) if (answers === 0) socket.destroy();
  };

  function endAnswer(socket: Socket): void {
    if (count(socket, -1) === 0 && isClosing) socket.destroySoon();
  }

  function count(socket: Socket, change: number): number | undefined {
    const answers = underWay.get(socket);
    if (answers === undefined) return undefined;
    underWay.set(socket, answers + change);
    return answers + change;
  }

  return () => {
    isClosing = true;
  };
}
