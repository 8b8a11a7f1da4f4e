/** What the main thread and the hashing one share: how many bytes are done, whether to go on, and whether others hash. */
export interface HashControl {
  readonly memory: SharedArrayBuffer;
  /** Bytes hashed since the last call. */
  takeBytes(): number;
  /** How often the thread has reported, from the first time on; the same number twice shows that it stands still. */
  readonly pulse: bigint;
  stop(): void;
  /** Sets whether nothing else is hashed at this time, or waits for it; until then something is. */
  setAlone(isAlone: boolean): void;
}

/** The hashing thread's side. */
export interface HashMeter {
  isStopped(): boolean;
  /** Whether nothing else is hashed, so that another core may be at work for this. */
  isAlone(): boolean;
  addBytes(count: number): void;
  /** Tells that the thread is at work: a task that waits for a thread stands not still. */
  beat(): void;
}

// One cell of 64 bits each.
const bytesCell = 0;
const stoppedCell = 1;
const pulseCell = 2;
const aloneCell = 3;

/** The hashing thread blocks its event loop for long, so that all this reaches it, and leaves it, through shared memory. */
export function createHashControl(): HashControl {
  const memory = new SharedArrayBuffer(4 * BigInt64Array.BYTES_PER_ELEMENT);
  const cells = new BigInt64Array(memory);
  return {
    memory,
    takeBytes: () => Number(Atomics.exchange(cells, bytesCell, 0n)),
    get pulse() {
      return Atomics.load(cells, pulseCell);
    },
    stop: () => void Atomics.store(cells, stoppedCell, 1n),
    setAlone: (isAlone) => void Atomics.store(cells, aloneCell, isAlone ? 1n : 0n),
  };
}

export function openHashMeter(memory: SharedArrayBuffer): HashMeter {
  const cells = new BigInt64Array(memory);
  return {
    isStopped: () => Atomics.load(cells, stoppedCell) === 1n,
    isAlone: () => Atomics.load(cells, aloneCell) === 1n,
    addBytes(count) {
      Atomics.add(cells, bytesCell, BigInt(count));
      Atomics.add(cells, pulseCell, 1n);
    },
    beat: () => void Atomics.add(cells, pulseCell, 1n),
  };
}
