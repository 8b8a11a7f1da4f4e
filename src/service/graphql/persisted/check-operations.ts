import { GraphQLError, parse, specifiedRules, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { PersistedOperations } from './read-manifest.ts';

/** Reads and validates a document as the server does, with all its limits. */
interface Reader {
  parse(document: string): DocumentNode;
  validate(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[];
}

/** Returns the faults of all operations, a line each: the operation's ID, the rule, the fault. */
export function checkOperations(schema: GraphQLSchema, operations: PersistedOperations, reader: Reader): string[] {
  return [...operations].flatMap(([id, text]) => findFaults(schema, text, reader).map((fault) => `${id}: ${fault}`));
}

function findFaults(schema: GraphQLSchema, text: string, reader: Reader): string[] {
  const refusals = findRefusals(schema, text, reader);
  if (refusals.length === 0) return [];
  const byRule = findBrokenRules(schema, text);
  // A document that breaks no rule of GraphQL is over a limit, and the limits call themselves syntax errors.
  return byRule.length > 0 ? byRule : refusals.map((message) => `limit: ${message.replace(/^Syntax Error: /, '')}`);
}

/** Returns what the server would answer. Some of its limits are thrown, by parsing as well as by validation. */
function findRefusals(schema: GraphQLSchema, text: string, { parse, validate }: Reader): string[] {
  try {
    return validate(schema, parse(text)).map(({ message }) => message);
  } catch (error) {
    return [messageOf(error)];
  }
}

function findBrokenRules(schema: GraphQLSchema, text: string): string[] {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    return [`syntax: ${messageOf(error)}`];
  }
  return specifiedRules.flatMap((rule) =>
    validate(schema, document, [rule]).map(({ message }) => `${rule.name}: ${message}`),
  );
}

function messageOf(error: unknown): string {
  if (error instanceof GraphQLError) return error.message;
  throw error;
}
