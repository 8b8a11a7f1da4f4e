import { ERRORS, MemoryLocker, type Lock, type Locker } from '@tus/server';
import type { Bus } from '../../../base/bus/bus.ts';
import { pause } from '../../../base/async/pause.ts';
import type { Lease, Leases } from '../../../base/bus/leases.ts';

interface SharedLockerOptions {
  leases: Leases;
  bus: Pick<Bus, 'publish' | 'subscribe'>;
  /** How long a request waits for one that has the upload. */
  timeoutMs?: number;
}

const topic = 'upload-wanted';
const lookMs = 50;
/** A node that does not hear at first is asked again. */
const askAgainMs = 1_000;

/**
 * Locks uploads among all nodes that have one folder of them: within a process as the tus server does, among processes by a lease. Whoever
 * has an upload that another node wants is asked to let it go, as a client that comes back has left its broken connection behind.
 */
export function createSharedLocker({ leases, bus, timeoutMs = 30_000 }: SharedLockerOptions): Locker {
  const locker = new MemoryLocker({ acquireLockTimeout: timeoutMs });
  /** What asks the request that has the upload to let go, by the upload's id. */
  const holders = new Map<string, () => void>();
  bus.subscribe(topic, (id, isOwn) => {
    if (id !== null && !isOwn) holders.get(id)?.();
  });

  /** Returns null when the time is over, or the request has ended. */
  async function takeLease(id: string, stop: AbortSignal): Promise<Lease | null> {
    const endsAt = performance.now() + timeoutMs;
    for (let askAt = 0; !stop.aborted && performance.now() < endsAt;) {
      const lease = await leases.take(`upload ${id}`);
      if (lease !== null) return lease;
      if (performance.now() >= askAt) {
        askAt = performance.now() + askAgainMs;
        bus.publish(topic, id);
      }
      await pause(lookMs, stop);
    }
    return null;
  }

  return {
    newLock(id): Lock {
      const local = locker.newLock(id);
      let lease: Lease | null = null;
      const request: { letGo?: () => void } = {};
      return {
        async lock(stop, requestRelease) {
          const letGo = () => void requestRelease();
          request.letGo = letGo;
          await local.lock(stop, letGo);
          lease = await takeLease(id, stop);
          if (lease === null) {
            await local.unlock();
            throw ERRORS.ERR_LOCK_TIMEOUT;
          }
          holders.set(id, letGo);
          // Another node may have the upload from then on.
          lease.signal.addEventListener('abort', letGo);
        },
        async unlock() {
          holders.delete(id);
          if (request.letGo) lease?.signal.removeEventListener('abort', request.letGo);
          await lease?.release();
          await local.unlock();
        },
      };
    },
  };
}
