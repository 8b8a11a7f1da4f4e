import { createYoga } from 'graphql-yoga';
import { limitOperations } from '../limits.ts';
import { schema } from '../../schema/schema.ts';
import { checkOperations } from './check-operations.ts';
import type { PersistedOptions } from './persisted-operations.ts';
import { PersistedOperationsError, readManifest } from './read-manifest.ts';

/** Reads the manifest and checks that the server accepts each operation. Throws PersistedOperationsError. */
export async function loadOperations(
  { path, only }: { path: string; only: boolean },
  limits: Parameters<typeof limitOperations>[0],
): Promise<PersistedOptions> {
  const operations = await readManifest(path);
  const { parse, validate } = createYoga({ schema, logging: false, plugins: limitOperations(limits) }).getEnveloped({});
  const faults = checkOperations(schema, operations, { parse, validate });
  if (faults.length > 0) throw new PersistedOperationsError(path, faults);
  return { operations, only };
}
