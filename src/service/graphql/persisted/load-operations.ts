import { createYoga } from 'graphql-yoga';
import { limitOperations } from '../limits.ts';
import { schema } from '../../schema/schema.ts';
import { checkOperations } from './check-operations.ts';
import type { PersistedOptions } from './persisted-operations.ts';
import { PersistedOperationsError, readManifest, type PersistedOperations } from './read-manifest.ts';

interface Manifests {
  /** That of an administrator; null where there is none. */
  listed: { path: string; only: boolean } | null;
  /** That of the page, which is always in force; null without the page. */
  page: PersistedOperations | null;
}

/**
 * Reads the administrator's manifest, checks that the server accepts each operation, and adds those of the page. Null where
 * there are neither. Throws PersistedOperationsError.
 */
export async function loadOperations(
  { listed, page }: Manifests,
  limits: Parameters<typeof limitOperations>[0],
): Promise<PersistedOptions | null> {
  if (listed === null) return page && { operations: page, only: false, hasListed: false };
  const operations = await loadListed(listed.path, limits);
  return { operations: new Map([...operations, ...(page ?? [])]), only: listed.only, hasListed: true };
}

async function loadListed(path: string, limits: Parameters<typeof limitOperations>[0]): Promise<PersistedOperations> {
  const operations = await readManifest(path);
  const { parse, validate } = createYoga({ schema, logging: false, plugins: limitOperations(limits) }).getEnveloped({});
  const faults = checkOperations(schema, operations, { parse, validate });
  if (faults.length > 0) throw new PersistedOperationsError(path, faults);
  return operations;
}
