import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DomainError } from '../../../base/errors/domain-error.ts';

/**
 * The manifest of persisted operations cannot be used; the message has every fault, with the operation's ID and the
 * rule.
 */
export class PersistedOperationsError extends DomainError {
  readonly code = 'INVALID_PERSISTED_OPERATIONS';
  readonly httpStatus = 500;

  constructor(path: string, faults: readonly string[], options?: ErrorOptions) {
    super([`${path}, which PERSISTED_OPERATIONS names, cannot be used:`, ...faults].join('\n  '), options);
  }
}

/** The documents by their IDs. */
export type PersistedOperations = ReadonlyMap<string, string>;

// The client preset of GraphQL Code Generator and Relay write this form: { "<hash>": "query …" }.
const flatSchema = z.record(z.string().min(1), z.string());
// Apollo's generate-persisted-query-manifest writes this form.
const apolloSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string() })),
});

/** Reads a manifest in either form. Throws PersistedOperationsError. */
export async function readManifest(path: string): Promise<PersistedOperations> {
  const content = await readJson(path);
  const apollo = apolloSchema.safeParse(content);
  if (apollo.success) return new Map(apollo.data.operations.map(({ id, body }) => [id, body]));
  const flat = flatSchema.safeParse(content);
  if (flat.success) return new Map(Object.entries(flat.data));
  const expected = 'it is neither an object of documents by their hashes nor a manifest of Apollo';
  throw new PersistedOperationsError(path, [expected]);
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const reason =
      cause instanceof SyntaxError ? `it is no JSON: ${cause.message}` : `it cannot be read: ${String(cause)}`;
    throw new PersistedOperationsError(path, [reason], { cause });
  }
}
