import type { IncomingMessage, ServerResponse } from 'node:http';

/** The time that a client has to notice the answer and stop sending. */
const lingerMs = 5_000;

/**
 * Reads away the rest of a body whose answer came early, such as for a file that is too large, and ends the connection
 * after a while. A client that is still sending does not look at answers.
 */
export function releaseConnection(request: IncomingMessage, response: ServerResponse, timeoutMs = lingerMs): void {
  response.once('finish', () => {
    if (request.complete) return;
    request.unpipe();
    // Whoever stopped reading would pause the request at each further chunk, and its end would never be seen.
    for (const event of ['data', 'readable']) request.removeAllListeners(event);
    request.resume();
    const timer = setTimeout(() => {
      // By now the connection may carry another request.
      if (!request.complete) request.socket.destroy();
    }, timeoutMs);
    request.once('close', () => clearTimeout(timer));
    request.once('end', () => clearTimeout(timer));
  });
}
