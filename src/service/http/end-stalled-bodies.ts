import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

const timeoutAnswer = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/**
 * Ends a request when the service has waited for `timeoutMs` and no more of its body came. The whole body may take any
 * time: an upload over a slow line may go on for a day.
 */
export function endStalledBodies(host: FastifyInstance, timeoutMs: number): void {
  host.addHook('onRequest', async ({ raw }, reply) => {
    if (!hasBody(raw)) return;
    const { socket } = raw;
    let seenBytes = socket.bytesRead;
    let seenAt = performance.now();
    const timer = setInterval(
      () => {
        // Bytes that lie in memory wait for the service, not the service for the client.
        const isWaiting = socket.bytesRead === seenBytes && raw.readableLength === 0 && !raw.complete;
        if (!isWaiting) {
          seenBytes = socket.bytesRead;
          seenAt = performance.now();
        } else if (performance.now() - seenAt >= timeoutMs) {
          clearInterval(timer);
          if (!reply.raw.headersSent) socket.write(timeoutAnswer);
          socket.destroySoon();
        }
      },
      Math.max(10, timeoutMs / 10),
    );
    timer.unref();
    raw.once('end', () => clearInterval(timer));
    raw.once('close', () => clearInterval(timer));
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
}
