import { setTimeout } from 'node:timers/promises';
import type { Lease, Leases } from '../../../base/bus/leases.ts';
import { ServiceBusyError } from '../../../base/errors/domain-error.ts';

/** A large file is on its way to copyparty for minutes. */
const waitMs = 10 * 60_000;
const lookMs = 100;

/**
 * Takes the lease of who stores an upload, and waits for another node that does so: clients send the end again to whichever node they reach.
 * Throws ServiceBusyError where that takes minutes.
 */
export async function takeToFinish(leases: Leases, id: string): Promise<Lease> {
  for (const endsAt = performance.now() + waitMs; performance.now() < endsAt; await setTimeout(lookMs)) {
    const lease = await tryToFinish(leases, id);
    if (lease !== null) return lease;
  }
  throw new ServiceBusyError('Another node is storing this upload.');
}

/** The same without waiting; null where another node stores it. */
export function tryToFinish(leases: Leases, id: string): Promise<Lease | null> {
  return leases.take(`finish upload ${id}`);
}
