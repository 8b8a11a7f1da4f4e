import { GraphQLError, specifiedRules, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { PersistedOperations } from './read-manifest.ts';

/** Reads and validates a document as the server does, with all its limits. */
interface Reader {
  parse(document: string): DocumentNode;
  validate(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[];
}

/** What is wrong with any of them, a line each: the operation's ID, the rule, the fault. */
export function checkOperations(schema: GraphQLSchema, operations: PersistedOperations, reader: Reader): string[] {
  return [...operations].flatMap(([id, text]) => findFaults(schema, text, reader).map((fault) => `${id}: ${fault}`));
}

function findFaults(schema: GraphQLSchema, text: string, reader: Reader): string[] {
  try {
    const document = reader.parse(text);
    const errors = reader.validate(schema, document);
    if (errors.length === 0) return [];
    const byRule = specifiedRules.flatMap((rule) =>
      validate(schema, document, [rule]).map(({ message }) => `${rule.name}: ${message}`),
    );
    // What no rule of GraphQL says is one of the limits.
    return byRule.length > 0 ? byRule : errors.map(({ message }) => `limit: ${message}`);
  } catch (error) {
    if (error instanceof GraphQLError) return [`syntax: ${error.message}`];
    throw error;
  }
}
