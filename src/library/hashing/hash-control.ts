/** The main thread's side of what it shares with the hashing one: bytes done, whether to go on, whether others hash. */
export interface HashControl {
  readonly memory: SharedArrayBuffer;
  /** Returns the bytes hashed since the last call. */
  takeBytes(): number;
  /** Counts the thread's signs of life; the same count twice means that it stands still. */
  readonly pulse: bigint;
  stop(): void;
  /**
   * Says whether nothing else is hashed now, or waits for it; before the first call the thread assumes the opposite.
   */
  setAlone(isAlone: boolean): void;
}

/** The hashing thread's side. */
export interface HashMeter {
  isStopped(): boolean;
  /** Whether nothing else is hashed, so that another core may be at work for this. */
  isAlone(): boolean;
  addBytes(count: number): void;
  /** Gives a sign of life: only a task that has one can stand still, not one that waits for a thread. */
  beat(): void;
}

// Each value has one cell of 64 bits.
const bytesCell = 0;
const stoppedCell = 1;
const pulseCell = 2;
const aloneCell = 3;

/** Control and meter use shared memory, since the hashing thread blocks its event loop for long. */
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

export function createHashMeter(memory: SharedArrayBuffer): HashMeter {
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
