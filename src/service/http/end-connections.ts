import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Lets a server that closes end each connection with the answer that it carries, no sooner and no later. Node keeps one
 * whose answer ends after the close for further requests, and the service would wait for its clients to let go; and it
 * takes one for idle, and destroys it, while an answer that was handed over whole is still on its way to a slow client.
 * Gives what to call when the close begins.
 */
export function prepareToEndConnections(server: Server): () => void {
  /** Of each connection: how many answers it still has to carry. A client may send requests ahead. */
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
    // An answer that came before all of the body would be lost with what is still to be read.
    response.once('finish', () => (request.complete ? over(socket) : request.once('end', () => over(socket))));
  });
  // Node calls it at the beginning of `close`.
  server.closeIdleConnections = () => {
    for (const [socket, answers] of underWay) if (answers === 0) socket.destroy();
  };

  function over(socket: Socket): void {
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
