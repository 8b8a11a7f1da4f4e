import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Gives every error that leaves the service a code, and takes out what a client must not learn of the schema. */
export function createErrorCompletion({ hidesHints }: { hidesHints: boolean }) {
  function complete(error: GraphQLError): GraphQLError {
    // Yoga calls a wrong method a bad request.
    if (isOfMethod(error)) error.extensions.code = 'METHOD_NOT_ALLOWED';
    error.extensions.code ??= codeOf(error);
    // The libraries that write such messages have no switch for all of them.
    if (hidesHints) error.message = error.message.replaceAll(/ ?Did you mean .*?\?(?=\s|$)/gs, '');
    return error;
  }
  /** Errors of validation do not pass the mask. */
  const completeErrors: Plugin = {
    onValidate:
      () =>
      ({ result }) => {
        for (const error of result as readonly GraphQLError[]) {
          error.extensions.code ??= 'GRAPHQL_VALIDATION_FAILED';
          complete(error);
        }
      },
  };
  return { complete, completeErrors };
}

/** The codes that servers of this field share, for errors of GraphQL and of the host that have none. */
function codeOf({ message, path }: GraphQLError): string {
  if (message.startsWith('Syntax Error')) return 'GRAPHQL_PARSE_FAILED';
  if (/^(?:Variable "\$|Argument ")/.test(message)) return 'BAD_USER_INPUT';
  if (/^(?:Unknown operation|Could not determine|Must provide (?:an )?operation)/.test(message)) {
    return 'OPERATION_RESOLUTION_FAILURE';
  }
  return path === undefined ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR';
}

function isOfMethod({ message }: GraphQLError): boolean {
  return /(?:GET and POST|a POST) request/.test(message);
}
