import { setMaxListeners } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { GraphQLError, type ExecutionArgs } from 'graphql';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import { DomainError } from '../../../base/errors/domain-error.ts';
import type { GraphQLServer } from '../../graphql/yoga.ts';
import { refuseForeignPage, type GuardedGate } from '../authorize.ts';
import type { ClientViews } from '../origin/client-view.ts';
import type { OriginPolicy } from '../origin/origin-policy.ts';
import type { Pressure } from '../pressure/refuse-under-pressure.ts';

type Enveloped = Pick<ReturnType<GraphQLServer['getEnveloped']>, 'execute' | 'subscribe'>;
type SocketState = Extra & {
  /** Aborts its signal when the client leaves. */
  left: AbortController;
};
type OperationArgs = ExecutionArgs & { enveloped: Enveloped };

interface WebSocketOptions {
  graphql: GraphQLServer;
  gate: Pick<GuardedGate, 'authenticate' | 'isOwnRequest'>;
  origins: Pick<OriginPolicy, 'admits'>;
  viewOf: ClientViews;
  /** The check before each operation; the sockets themselves stay open under pressure. */
  pressure: Pressure;
  log: Logger;
}

/** Accepts subscriptions, and any operation, over the graphql-ws protocol on `/graphql` of the same server. */
export function acceptGraphQLWebSockets(
  server: Server,
  { graphql, gate, origins, viewOf, pressure, log }: WebSocketOptions,
): { close(): Promise<void> } {
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    maxPayload: 1024 * 1024,
    // Browsers let every page open a socket to any server.
    verifyClient: ({ req }: { req: IncomingMessage }) => origins.admits(req),
  });
  const protocol = useServer<Record<string, unknown>, Partial<SocketState>>(
    {
      onConnect({ extra }) {
        extra.left = new AbortController();
        // Each subscription on the socket adds a listener to the signal.
        setMaxListeners(0, extra.left.signal);
      },
      onClose: ({ extra }) => extra.left?.abort(),
      execute: (args) => (args as OperationArgs).enveloped.execute(args),
      subscribe: (args) => (args as OperationArgs).enveloped.subscribe(args),
      async onSubscribe({ extra, connectionParams }, _id, { operationName, variables, ...params }) {
        const { left = new AbortController() } = extra;
        // The caller is identified for each operation anew: a token may have been revoked since the socket was opened.
        const viewer = await identify(extra.request, connectionParams);
        if (viewer instanceof GraphQLError) return [viewer];
        const query = graphql.findDocument(params);
        if (query instanceof GraphQLError) return [query];
        const { schema, execute, subscribe, contextFactory, parse, validate } = graphql.getEnveloped({
          log,
          signal: left.signal,
          viewer,
          urlPrefix: viewOf(extra.request).prefix,
          params: { query, operationName: operationName ?? undefined, variables: variables ?? undefined },
        });
        const document = attempt(() => parse(query));
        // If it were thrown, the error would close the socket, and end all other operations on it.
        if (document instanceof GraphQLError) return [document];
        const args: OperationArgs = {
          schema,
          document,
          operationName,
          variableValues: variables,
          contextValue: await contextFactory(),
          enveloped: { execute, subscribe },
        };
        // Some limits are thrown.
        const errors = attempt(() => validate(schema, document));
        if (errors instanceof GraphQLError) return [errors];
        return errors.length > 0 ? errors : args;
      },
    },
    sockets,
  );
  return { close: async () => protocol.dispose() };

  function attempt<T>(run: () => T): T | GraphQLError {
    try {
      return run();
    } catch (error) {
      if (error instanceof GraphQLError) return graphql.maskError(error);
      throw error;
    }
  }

  /**
   * Takes the token from the message that opens the protocol, else from the headers: browsers send no `Authorization` with a
   * socket, but the session cookie.
   */
  async function identify(request: IncomingMessage, params: Record<string, unknown> = {}) {
    const authorization = readAuthorization(params) ?? request.headers.authorization;
    const address = request.socket.remoteAddress ?? '';
    try {
      pressure.check();
      const headers = { ...request.headers, authorization };
      const viewer = await gate.authenticate({ headers, peerAddress: address, clientAddress: address });
      refuseForeignPage(gate, viewer, request);
      return viewer;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return new GraphQLError(error.message, { extensions: { code: error.code } });
    }
  }
}

function readAuthorization(params: Record<string, unknown>): string | undefined {
  const { authorization, Authorization = authorization } = params;
  return typeof Authorization === 'string' ? Authorization : undefined;
}
