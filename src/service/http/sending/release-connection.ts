import type { IncomingMessage, ServerResponse } from 'node:http';

/** As long as a client has to notice the answer and stop sending. */
const lingerMs = 5_000;

/**
 * Where the answer comes before all of the body, such as to a file that is too large: reads the rest away for a while,
 * since a client that is still sending does not look at answers, and then ends the connection.
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
