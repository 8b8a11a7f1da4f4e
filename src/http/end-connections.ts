import type { Server } from 'node:http';

/**
 * Gives what to call when the server closes: from then on a connection ends with the answer that it carries. Node would
 * keep it for further requests, and the service would wait for its clients to let go. `closeIdleConnections` is no help:
 * it takes one for idle whose answer is on its way to a slow client.
 */
export function prepareToEndConnections(server: Server): () => void {
  let isClosing = false;
  server.on('request', (request, response) => {
    response.once('finish', () => {
      if (!isClosing) return;
      // An answer that came before all of the body would be lost with what is still to be read.
      if (request.complete) request.socket.destroySoon();
      else request.once('end', () => request.socket.destroySoon());
    });
  });
  return () => {
    isClosing = true;
  };
}
