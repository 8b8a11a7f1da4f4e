import type { Server } from 'node:http';
import type { ExecutionArgs } from 'graphql';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { GraphQLServer } from '../graphql/yoga.ts';

type Enveloped = Pick<ReturnType<GraphQLServer['getEnveloped']>, 'execute' | 'subscribe'>;
type OperationArgs = ExecutionArgs & { enveloped: Enveloped };

/** Subscriptions (and any operation) over WebSocket, by the graphql-ws protocol, on `/graphql` of the same server. */
export function acceptGraphQLWebSockets(
  server: Server,
  graphql: GraphQLServer,
  log: Logger,
): { close(): Promise<void> } {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: 1024 * 1024 });
  const protocol = useServer<Record<string, unknown>, Partial<Extra>>(
    {
      execute: (args) => (args as OperationArgs).enveloped.execute(args),
      subscribe: (args) => (args as OperationArgs).enveloped.subscribe(args),
      async onSubscribe({ extra }, _id, { query, operationName, variables }) {
        const left = new AbortController();
        extra.socket?.once('close', () => left.abort());
        const { schema, execute, subscribe, contextFactory, parse, validate } = graphql.getEnveloped({
          log,
          signal: left.signal,
          params: { query, operationName: operationName ?? undefined, variables: variables ?? undefined },
        });
        const args: OperationArgs = {
          schema,
          document: parse(query),
          operationName,
          variableValues: variables,
          contextValue: await contextFactory(),
          enveloped: { execute, subscribe },
        };
        const errors = validate(schema, args.document);
        return errors.length > 0 ? errors : args;
      },
    },
    sockets,
  );
  return { close: async () => protocol.dispose() };
}
