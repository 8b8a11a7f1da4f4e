import { DomainError, ServiceBusyError } from './domain-error.ts';
import { StorageError, storageErrorCode } from './storage-error.ts';

/**
 * Returns the expected failure that an error is, or was before Prisma wrapped it; null for any other. Prisma takes
 * whatever has a code for an error of its engine, and puts the place of the call before the message.
 */
export function domainErrorOf(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error;
  if (!(error instanceof Error) || error.name !== 'PrismaClientKnownRequestError' || !('code' in error)) return null;
  const message = error.message.slice(error.message.lastIndexOf('\n') + 1);
  if (error.code === storageErrorCode) return new StorageError(message, { cause: error });
  if (error.code !== 'SERVICE_BUSY') return null;
  return new ServiceBusyError(message.replace(/ Try again in \d+ seconds?\.$/, ''), undefined, { cause: error });
}
