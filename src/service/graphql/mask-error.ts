import { GraphQLError } from 'graphql';
import { BrokenUploadError, DomainError, InvalidInputError, ServiceBusyError } from '../../base/errors/domain-error.ts';
import { domainErrorOf } from '../../base/errors/domain-error-of.ts';

/** For Yoga: a response that has no data at all says so by its status. */
const failedRequest = { http: { status: 500 } };
/** The same for a body that turned out to be broken after its operation had begun. */
const brokenRequest = { http: { status: 400 } };

/**
 * What a client sees of a failure that is not part of a result union: a DomainError with its code and, for a bad
 * argument, the argument's name; anything unexpected as one sentence, while the log has the rest.
 */
export function maskError(error: unknown): GraphQLError {
  const place = error instanceof GraphQLError ? placeOf(error) : {};
  const cause = causeOf(error);
  if (cause instanceof DomainError) {
    const extensions = {
      code: cause.code,
      ...(cause instanceof InvalidInputError && { field: cause.field }),
      ...(cause instanceof BrokenUploadError && brokenRequest),
      ...(cause instanceof ServiceBusyError && busyService(cause)),
    };
    return new GraphQLError(cause.message, { ...place, extensions });
  }
  if (isUnexpected(error)) {
    const extensions = { code: 'INTERNAL_SERVER_ERROR', ...(!isOfField(error) && failedRequest) };
    return new GraphQLError(
      "Something went wrong inside the service. Its log has the details under this request's ID.",
      { ...place, extensions },
    );
  }
  return error as GraphQLError;
}

/**
 * For Yoga: where there is no data at all, by the status, as on the byte routes; the clients of WebSockets read the
 * field.
 */
function busyService({ retryAfterSeconds }: ServiceBusyError) {
  const http = { status: 503, headers: { 'retry-after': String(retryAfterSeconds) } };
  return { retryAfterSeconds, http };
}

/** Whether a failure is a bug or a broken invariant, and not what GraphQL or a domain means to say. */
export function isUnexpected(error: unknown): boolean {
  const cause = causeOf(error);
  return !(cause instanceof GraphQLError || cause instanceof DomainError);
}

/** What a resolver threw, without the GraphQL errors that were put around it. */
export function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return domainErrorOf(cause) ?? cause;
}

function isOfField(error: unknown): boolean {
  return error instanceof GraphQLError && error.path !== undefined;
}

function placeOf({ nodes, source, positions, path }: GraphQLError) {
  return { nodes, source, positions, path };
}
