import type { GraphQLError } from 'graphql';
import { createYoga, type GraphQLParams, type YogaServerInstance } from 'graphql-yoga';
import { createContext, type GraphQLContext, type GraphQLServices, type OperationContext } from '../schema/context.ts';
import { exampleTabs } from './example-tabs.ts';
import type { GraphQLLimits } from '../../base/config/settings.ts';
import { renderGraphiQLPage } from './graphiql-page.ts';
import { flushMutations } from './flush-mutations.ts';
import type { Observability } from '../../base/observability/open-observability.ts';
import type { Slots } from '../../base/async/slots.ts';
import { refuseThen } from './refuse-then.ts';
import { limitOperations } from './limits.ts';
import { limitSubscriptions } from './limit-subscriptions.ts';
import { logUnexpectedErrors } from './log-unexpected-errors.ts';
import { createErrorCompletion } from './complete-errors.ts';
import { maskError } from './mask-error.ts';
import { observeOperations } from './observe-operations.ts';
import {
  findDocument,
  persistOperations,
  refuseIds,
  type OperationParams,
  type PersistedOptions,
} from './persisted/persisted-operations.ts';
import { refuseSharedFiles } from './refuse-shared-files.ts';
import { readOperation } from './read-operation.ts';
import { setResponseHeaders } from './set-response-headers.ts';
import { schema } from '../schema/schema.ts';

/** What the HTTP server passes with each operation. */
interface HostContext extends Omit<OperationContext, 'tracing'> {
  /** The operation of a multipart request, whose body the HTTP server reads instead of Yoga. */
  operation?: GraphQLParams;
}

export interface GraphQLServer extends YogaServerInstance<HostContext, GraphQLContext> {
  /** Finds the document for another protocol, whose message may name a persisted operation by its ID. */
  findDocument(params: OperationParams): string | GraphQLError;
  /** Returns what a client may see of an error that another protocol met before the operation began. */
  maskError(error: unknown): GraphQLError;
}

interface GraphQLServerOptions {
  graphiql: boolean;
  introspection: boolean;
  limits: GraphQLLimits;
  /** Each subscription holds a slot. */
  subscriptions: Slots;
  observability: Pick<Observability, 'metrics' | 'tracing'>;
  /** Makes what the database has committed outlive a power cut. */
  flush: () => Promise<void>;
  /** Null where no operations are persisted. */
  persisted?: PersistedOptions | null;
}

/** Runs Yoga on the service's schema, inside Fastify, which logs, times and limits its requests. */
export function createGraphQLServer(
  services: GraphQLServices,
  { persisted = null, ...options }: GraphQLServerOptions,
): GraphQLServer {
  const { tracing } = options.observability;
  const { complete, completeErrors } = createErrorCompletion({ hidesHints: !options.introspection });
  const maskAndComplete = (error: unknown) => complete(maskError(error));
  const yoga = createYoga<HostContext, GraphQLContext>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    logging: false,
    // By default Yoga would let every web page that a browser has open read and change the service on that machine.
    cors: false,
    batching: false,
    // Yoga would hold each uploaded file in memory, and refuses long ones by their Content-Length.
    multipart: false,
    maxRequestBodySize: false,
    extraParamNames: persisted ? ['documentId'] : [],
    renderGraphiQL: renderGraphiQLPage,
    // Where only persisted operations are carried out, GraphiQL could run nothing.
    graphiql: options.graphiql && !persisted?.only && { title: 'mediashelf', defaultTabs: exampleTabs },
    context: ({ log, signal, viewer, urlPrefix }) =>
      createContext(services, { log, signal, viewer, urlPrefix, tracing }),
    maskedErrors: { maskError: maskAndComplete },
    plugins: [
      readOperation(options.limits.bodyBytes),
      persisted ? persistOperations(persisted) : refuseIds(),
      ...limitOperations(options),
      refuseThen(),
      refuseSharedFiles(),
      flushMutations(options),
      limitSubscriptions(options.subscriptions),
      observeOperations(options.observability),
      logUnexpectedErrors(),
      completeErrors,
      setResponseHeaders(),
    ],
  });
  return Object.assign(yoga, {
    findDocument: (params: OperationParams) => findDocument(persisted, params),
    maskError: maskAndComplete,
  });
}
