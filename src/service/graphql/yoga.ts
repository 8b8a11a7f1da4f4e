import type { GraphQLError } from 'graphql';
import { createYoga, type GraphQLParams, type YogaServerInstance } from 'graphql-yoga';
import { createContext, type GraphQLContext, type GraphQLServices, type OperationContext } from '../schema/context.ts';
import { exampleTabs } from './example-tabs.ts';
import type { GraphQLLimits } from '../../base/config/settings.ts';
import { keepMutations } from './keep-mutations.ts';
import type { Observability } from '../../base/observability/open-observability.ts';
import type { Slots } from '../../base/async/slots.ts';
import { limitOperations } from './limits.ts';
import { limitSubscriptions } from './limit-subscriptions.ts';
import { logUnexpectedErrors } from './log-unexpected-errors.ts';
import { maskError } from './mask-error.ts';
import { observeOperations } from './observe-operations.ts';
import {
  findDocument,
  persistOperations,
  type OperationParams,
  type PersistedOptions,
} from './persisted/persisted-operations.ts';
import { readOperation } from './read-operation.ts';
import { schema } from '../schema/schema.ts';

/** What the host hands over with each operation. */
interface HostContext extends Omit<OperationContext, 'tracing'> {
  /** Of a multipart request: the host reads its body, Yoga does not. */
  operation?: GraphQLParams;
}

export interface GraphQLServer extends YogaServerInstance<HostContext, GraphQLContext> {
  /** The document that a message of another protocol means, where operations are persisted. */
  findDocument(params: OperationParams): string | GraphQLError;
}

interface GraphQLServerOptions {
  graphiql: boolean;
  introspection: boolean;
  limits: GraphQLLimits;
  /** Each subscription takes one. */
  subscriptions: Slots;
  observability: Pick<Observability, 'metrics' | 'tracing'>;
  /** Of the database. */
  flush: () => Promise<void>;
  /** Null where there are none. */
  persisted?: PersistedOptions | null;
}

/** Yoga on the service's schema. Fastify hosts it, which logs, times and limits its requests. */
export function createGraphQLServer(
  services: GraphQLServices,
  { persisted = null, ...options }: GraphQLServerOptions,
): GraphQLServer {
  const { tracing } = options.observability;
  const yoga = createYoga<HostContext, GraphQLContext>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    logging: false,
    // By default Yoga lets every web page that a browser has open read and change the service on that machine.
    cors: false,
    batching: false,
    // Yoga would hold each uploaded file in memory, and refuses long ones by their Content-Length.
    multipart: false,
    maxRequestBodySize: false,
    extraParamNames: persisted ? ['documentId'] : [],
    // Nine megabytes of scripts, a second of each start: loaded when a browser asks for the page.
    renderGraphiQL: async (given) => (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(given),
    // It could ask for nothing.
    graphiql: options.graphiql && !persisted?.only && { title: 'mediashelf', defaultTabs: exampleTabs },
    context: ({ log, signal, viewer }) => createContext(services, { log, signal, viewer, tracing }),
    maskedErrors: { maskError },
    plugins: [
      readOperation(options.limits.bodyBytes),
      ...(persisted ? [persistOperations(persisted)] : []),
      ...limitOperations(options),
      keepMutations(options),
      limitSubscriptions(options.subscriptions),
      observeOperations(options.observability),
      logUnexpectedErrors(),
    ],
  });
  return Object.assign(yoga, { findDocument: (params: OperationParams) => findDocument(persisted, params) });
}
