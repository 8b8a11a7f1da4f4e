import { GraphQLError } from 'graphql';
import { BrokenUploadError, DomainError, InvalidInputError, ServiceBusyError } from '../../base/errors/domain-error.ts';
import { domainErrorOf } from '../../base/errors/domain-error-of.ts';

/** Yoga takes the status of a response without any data from this extension. */
const failedRequest = { http: { status: 500 } };
/** The status of a request whose body turned out to be broken after its operation had begun. */
const brokenRequest = { http: { status: 400 } };

/**
 * What a client sees of a failure that is not part of a result union: a DomainError with its code and, for a bad
 * argument, the argument's name; anything unexpected as one sentence, while the log has the rest.
 */
export function maskError(error: unknown): GraphQLError {
  const location = error instanceof GraphQLError ? locationOf(error) : {};
  const cause = causeOf(error);
  if (cause instanceof DomainError) {
    const extensions = {
      code: cause.code,
      ...(cause instanceof InvalidInputError && { field: cause.field }),
      ...(cause instanceof BrokenUploadError && brokenRequest),
      ...(cause instanceof ServiceBusyError && busyService(cause)),
    };
    return new GraphQLError(cause.message, { ...location, extensions });
  }
  if (isUnexpected(error)) {
    const extensions = { code: 'INTERNAL_SERVER_ERROR', ...(!hasPath(error) && failedRequest) };
    return new GraphQLError(
      "Something went wrong inside the service. Its log has the details under this request's ID.",
      { ...location, extensions },
    );
  }
  return error as GraphQLError;
}

/**
 * Says when to try again: over HTTP, where there is no data at all, by status and header, as the byte routes do;
 * clients of WebSockets read the field.
 */
function busyService({ retryAfterSeconds }: ServiceBusyError) {
  const http = { status: 503, headers: { 'retry-after': String(retryAfterSeconds) } };
  return { retryAfterSeconds, http };
}

/** Whether a failure is a bug or a broken invariant, and not an error that GraphQL or a domain throws on purpose. */
export function isUnexpected(error: unknown): boolean {
  const cause = causeOf(error);
  return !(cause instanceof GraphQLError || cause instanceof DomainError);
}

/** Returns what a resolver threw, without the GraphQL errors that wrap it. */
export function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return domainErrorOf(cause) ?? cause;
}

function hasPath(error: unknown): boolean {
  return error instanceof GraphQLError && error.path !== undefined;
}

function locationOf({ nodes, source, positions, path }: GraphQLError) {
  return { nodes, source, positions, path };
}
