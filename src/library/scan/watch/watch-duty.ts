import type { Lease, Leases } from '../../../base/bus/leases.ts';
import type { CategoryConfig } from '../../../base/config/media-config.ts';
import type { Roots } from '../../roots/roots.ts';

/** Which roots this node watches: of all that have a root, one does. */
export interface WatchDuty {
  /** Whether the root is this node's to watch; takes it over where no other node has it, and leaves it where its disk is away. */
  has(category: Pick<CategoryConfig, 'key' | 'rootPath'>): Promise<boolean>;
  /** Leaves a root to other nodes. */
  leave(key: string): Promise<void>;
}

interface WatchDutyOptions {
  leases: Leases;
  roots: Pick<Roots, 'recogniseOften'>;
}

export function createWatchDuty({ leases, roots }: WatchDutyOptions): WatchDuty {
  const held = new Map<string, Lease>();

  async function leave(key: string): Promise<void> {
    const lease = held.get(key);
    held.delete(key);
    await lease?.release();
  }

  return {
    async has(category) {
      const { key } = category;
      if ((await roots.recogniseOften(category)).state === 'OFFLINE') {
        await leave(key);
        return false;
      }
      if (held.get(key)?.signal.aborted === false) return true;
      const lease = await leases.take(`watch ${key}`);
      if (lease === null) return false;
      held.set(key, lease);
      return true;
    },
    leave,
  };
}
