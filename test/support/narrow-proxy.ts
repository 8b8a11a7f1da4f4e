import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Before the service, as a reverse proxy that takes no body of more bytes: it says so in words of its own, as nginx does. */
export async function startNarrowProxy(target: string, maxBytes: number): Promise<{ url: string; refused: number }> {
  const state = { url: '', refused: 0 };
  const { hostname, port } = new URL(target);
  const proxy = createServer((request, response) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      state.refused += 1;
      // What is under way is read to its end: a connection that is cut would look like no answer.
      request.resume().once('end', () => {
        response.writeHead(413, { 'content-type': 'text/html' }).end('<h1>413 Request Entity Too Large</h1>');
      });
      return;
    }
    const { headers, method, url: path } = request;
    const upstream = ask({ hostname, port, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.once('error', () => response.destroy());
    request.pipe(upstream);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  state.url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return state;
}
