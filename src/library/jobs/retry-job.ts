import type { PrismaClient } from '../../base/database/database.ts';
import { JobNotFoundError, JobNotRetryableError } from './job-errors.ts';
import type { JobHandler } from './job-handler.ts';
import { readFailedItems } from './job-item-errors.ts';
import { toJobRecord, type JobInput, type JobKind } from './job-record.ts';

interface RetryContext {
  prisma: PrismaClient;
  handlerOf: (kind: JobKind) => JobHandler;
}

/**
 * Returns the input of a new job in place of an ended one: the failed items of a job that succeeded with errors, or
 * everything where it failed or was cancelled, since handlers find what is finished already. Throws JobNotFoundError and
 * JobNotRetryableError.
 */
export async function planRetry(
  { prisma, handlerOf }: RetryContext,
  id: string,
): Promise<{ kind: JobKind; input: JobInput }> {
  const row = await prisma.job.findUnique({ where: { id } });
  if (row === null) throw new JobNotFoundError(id);
  const { kind, input, status } = toJobRecord(row);
  if (status === 'FAILED' || status === 'CANCELLED') return { kind, input };
  if (status !== 'SUCCEEDED_WITH_ERRORS') throw new JobNotRetryableError(id, status);
  const handler = handlerOf(kind);
  return { kind, input: handler.retryInput?.(input, await readFailedItems(prisma, id)) ?? input };
}
