import { ServiceBusyError } from '../../errors/domain-error.ts';

const maxAttempts = 5;

/**
 * Runs the work again where PostgreSQL ended it because two transactions waited for each other: nothing of it was done.
 * A transaction that stores files holds the counts of their shelf, which whoever moves one of the next files to another
 * shelf waits for. Throws ServiceBusyError after five attempts.
 */
export async function outliveDeadlocks<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isDeadlock(error)) throw error;
      if (attempt === maxAttempts) {
        throw new ServiceBusyError('Others change the same in the database.', undefined, { cause: error });
      }
    }
  }
}

const deadlockDetected = '40P01';

/** Recognises the failure as Prisma's adapter throws it, and as Prisma itself wraps it. */
function isDeadlock(error: unknown): boolean {
  const { cause, meta } = error as {
    cause?: { originalCode?: unknown };
    meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
  };
  return [cause, meta?.driverAdapterError?.cause].some((failure) => failure?.originalCode === deadlockDetected);
}
