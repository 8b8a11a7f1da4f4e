import { Client, type Dispatcher } from 'undici';

/** A connection for one request; it is reused or made for it. */
export interface UpstreamConnection {
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void;
  /** Called when the answer was received to its end: the connection can serve the next request. */
  giveBack(): void;
  /** Closes it, and ends the request that is on it with this error. */
  end(reason: Error): void;
}

export interface UpstreamConnections {
  take(): UpstreamConnection;
  close(): Promise<void>;
}

/**
 * Connections that are kept alive and used again. undici's Pool does the same except where a request is aborted: it at
 * once makes a new connection, which nobody uses (nodejs/undici#5845). Clients that leave in mid-stream, as players
 * do at every seek, would keep as many of copyparty's threads waiting.
 */
export function createUpstreamConnections(origin: string, options: Client.Options): UpstreamConnections {
  const all = new Set<Client>();
  const idle: Client[] = [];

  function end(client: Client, reason: Error): Promise<void> {
    all.delete(client);
    return client.destroy(reason);
  }

  return {
    take() {
      const client = idle.pop() ?? new Client(origin, options);
      all.add(client);
      return {
        dispatch: (request, handler) => void client.dispatch(request, handler),
        giveBack() {
          if (all.has(client) && idle.length < maxIdle) idle.push(client);
          else void end(client, new Error('there are enough idle connections'));
        },
        end: (reason) => void end(client, reason),
      };
    },
    async close() {
      idle.length = 0;
      await Promise.all(Array.from(all, (client) => end(client, new Error('the service is closing'))));
    },
  };
}

const maxIdle = 64;
