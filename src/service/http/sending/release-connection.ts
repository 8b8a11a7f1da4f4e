import type { IncomingMessage, ServerResponse } from 'node:http';

/** The time that a client has to notice the answer and stop sending. */
const lingerMs = 5_000;

/**
 * Reads away the rest of a body whose answer came early, such as for a file that is too large, and ends the connection
 * after a while. A client that is still sending does not look at answers.
 */
export function releaseConnection(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete) return;
    request.unpipe();
    request.resume();
    const timer = setTimeout(() => request.socket.destroy(), lingerMs);
    request.once('close', () => clearTimeout(timer));
    request.once('end', () => clearTimeout(timer));
  });
}
