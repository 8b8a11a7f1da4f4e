import type { Dispatcher } from 'undici';
import { UpstreamBody } from './upstream-body.ts';
import type { UpstreamConnections } from './upstream-connections.ts';
import { selectHeaders, type UpstreamResponse } from './upstream-response.ts';

/**
 * Sends one request; rejects with the error of undici where there is no answer. undici's own `request` would do the
 * same through two more layers of streams, which cost a tenth of the throughput. Aborting the signal ends the exchange
 * at once, also in the middle of the body, and with it its connection.
 */
export async function exchange(
  connections: UpstreamConnections,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<UpstreamResponse> {
  signal.throwIfAborted();
  const connection = connections.take();
  return new Promise((resolve, reject) => {
    let body: UpstreamBody | undefined;
    const leave = () => {
      const reason = signal.reason as Error;
      reject(reason);
      if (body) body.destroy(reason);
      else connection.end(reason);
    };
    const done = () => signal.removeEventListener('abort', leave);
    signal.addEventListener('abort', leave, { once: true });
    connection.dispatch(options, {
      // This method distinguishes the handler from those of earlier versions of undici.
      onRequestStart: () => undefined,
      onResponseStart(controller, status, headers) {
        if (status < 200) return;
        body = new UpstreamBody(controller, connection);
        body.once('close', done);
        resolve({ status, headers: selectHeaders(headers), body });
      },
      onResponseData: (_, chunk) => body?.receive(chunk),
      onResponseEnd() {
        done();
        connection.giveBack();
        body?.complete();
      },
      onResponseError(_, error) {
        done();
        connection.end(error);
        if (body) body.break(error);
        else reject(error);
      },
    });
  });
}
