/**
 * What the processes of one database tell each other. On SQLite there is one process, and nobody else to tell.
 *
 * Messages may be lost while a process has no connection, and are not kept: whoever listens is then told of a gap and looks for itself. What
 * has to be known for certain stands in the database.
 */
export interface Bus {
  /** Whether other processes may hear what is published. */
  readonly reachesOthers: boolean;
  /**
   * Tells the listeners of this process at once, and those of others within a fraction of a second. To others a message of more than some
   * 7 kB is a gap. Never throws.
   */
  publish(topic: string, message: string): void;
  /** Calls the listener with each message; returns the function that ends that. */
  subscribe(topic: string, listener: BusListener): () => void;
  /** Sends what waits to be sent, if it can. */
  close(): Promise<void>;
}

/**
 * Hears a message, or null where there may have been some that nobody heard: then it looks for itself. `isOwn`: it was published in this process.
 */
export type BusListener = (message: string | null, isOwn: boolean) => void;
