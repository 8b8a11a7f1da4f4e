/** What only one process at a time has, such as the watch of a root. */
export interface Leases {
  /**
   * Takes the lease of that name. Returns null where anybody has it, this process included, or where it cannot be known. It ends with the
   * process, however that ends.
   */
  take(name: string): Promise<Lease | null>;
}

export interface Lease {
  /** Aborted when it was lost, with the connection to the database, or was given back: another process may have it then. */
  readonly signal: AbortSignal;
  /** Gives it back. Never throws. */
  release(): Promise<void>;
}

/** The leases of a process that has its database for itself. */
export function createLocalLeases(): Leases {
  return createLeases({ lock: async () => true, unlock: async () => undefined }).leases;
}

interface Locks {
  /** Locks a name for this process, without waiting; the answer is whether it could. */
  lock(name: string): Promise<boolean>;
  unlock(name: string): Promise<unknown>;
}

/** Leases by locks that a process may take several times: here it has each once. */
export function createLeases({ lock, unlock }: Locks): { leases: Leases; loseAll(): void } {
  const held = new Map<string, AbortController>();

  async function release(name: string, lease: AbortController): Promise<void> {
    if (held.get(name) !== lease) return;
    await unlock(name).catch(() => undefined); // The connection is gone, and the lock with it.
    if (held.get(name) === lease) held.delete(name);
    lease.abort();
  }

  return {
    leases: {
      async take(name) {
        if (held.has(name)) return null;
        const lease = new AbortController();
        held.set(name, lease);
        const isLocked = await lock(name).catch(() => false);
        if (isLocked && held.get(name) === lease) return { signal: lease.signal, release: () => release(name, lease) };
        if (held.get(name) === lease) held.delete(name);
        return null;
      },
    },
    loseAll() {
      const lost = [...held.values()];
      held.clear();
      for (const lease of lost) lease.abort();
    },
  };
}
