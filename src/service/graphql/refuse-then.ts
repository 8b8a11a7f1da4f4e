import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * Refuses to call a field `then` in the answer: the executor would take the object with that field for a promise, and fail
 * without a word about why.
 */
export function refuseThen(): Plugin {
  return {
    onValidate({ addValidationRule }) {
      addValidationRule(noThen);
    },
  };
}

function noThen(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (node.alias?.value !== 'then') return;
      const message = 'No field can be called `then` in the answer. Choose another alias.';
      context.reportError(
        new GraphQLError(message, { nodes: node.alias, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
      );
    },
  };
}
