import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { PersistedOperations } from './read-manifest.ts';

export interface PersistedOptions {
  operations: PersistedOperations;
  /** Whether all other operations are refused. */
  only: boolean;
  /** Whether an administrator listed some: others than the page's own clients are told otherwise that none are known here. */
  hasListed: boolean;
}

/** How a request names its operation. Apollo sends the ID in `extensions`, others as `documentId`. */
export interface OperationParams {
  query?: string | undefined;
  extensions?: Record<string, unknown> | null | undefined;
  documentId?: unknown;
}

/** Finds persisted operations for requests over HTTP: GET, POST and multipart. */
export function persistOperations({ operations, only, hasListed }: PersistedOptions): Plugin {
  const plugin = usePersistedOperations({
    allowArbitraryOperations: !only,
    extractPersistedOperationId: (params) => idOf(params),
    getPersistedOperation: (id) => operations.get(id) ?? null,
    customErrors: {
      notFound: () => (hasListed ? unknownOperation() : notSupported()),
      keyNotFound: () => missingId(),
      persistedQueryOnly: () => notListed(),
    },
  }) as Plugin;
  if (hasListed) return plugin;
  return {
    onParams(payload) {
      return payload.params.query || idOf(payload.params) === null ? undefined : plugin.onParams?.(payload);
    },
  };
}

/** Says to clients that send nothing but an ID that none is known here: Apollo's then go on with documents. */
export function refuseIds(): Plugin {
  return {
    onParams({ params }) {
      if (!params.query && idOf(params) !== null) throw notSupported();
    },
  };
}

/**
 * Finds the document of an operation for protocols that Yoga does not speak itself; returns an error where there is
 * none.
 */
export function findDocument(persisted: PersistedOptions | null, params: OperationParams): string | GraphQLError {
  const { query = '' } = params;
  const id = idOf(params);
  if (persisted === null) return query === '' && id !== null ? notSupported() : query;
  if (query) return persisted.only ? notListed() : query;
  if (id === null) return persisted.hasListed ? missingId() : query;
  return persisted.operations.get(id) ?? (persisted.hasListed ? unknownOperation() : notSupported());
}

function idOf({ extensions, documentId }: OperationParams): string | null {
  if (typeof documentId === 'string') return documentId;
  const { sha256Hash } = (extensions?.persistedQuery ?? {}) as { sha256Hash?: unknown };
  return typeof sha256Hash === 'string' ? sha256Hash : null;
}

// Clients of Apollo look for exactly the first two messages.
const notSupported = () => refusal('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');
const unknownOperation = () => refusal('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');
const missingId = () => refusal('Send the ID of a persisted operation.', 'PERSISTED_QUERY_ID_REQUIRED');
const notListed = () =>
  refusal('Only persisted operations are carried out: send the ID of one, without a document.', 'PERSISTED_QUERY_ONLY');

function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
