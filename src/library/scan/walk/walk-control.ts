/** The consumer's side of a walk: lets the walking thread go on, or stops it. */
export interface WalkControl {
  /** Shared with the walking thread. */
  readonly memory: SharedArrayBuffer;
  /** One batch was taken. */
  acknowledge(): void;
  stop(): void;
}

/** The walking thread's side. */
export interface WalkGate {
  isStopped(): boolean;
  /** Blocks the thread until fewer than `maxInFlight` of the batches sent are unacknowledged, or the walk shall stop. */
  waitForRoom(batchesSent: number): void;
}

export const maxInFlight = 4;

const acknowledgedCell = 0;
const stoppedCell = 1;

/** The walking thread never returns to its event loop, so that both wishes reach it through shared memory. */
export function createWalkControl(): WalkControl {
  const memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const cells = new Int32Array(memory);
  const acknowledge = () => {
    Atomics.add(cells, acknowledgedCell, 1);
    Atomics.notify(cells, acknowledgedCell);
  };
  return {
    memory,
    acknowledge,
    stop() {
      Atomics.store(cells, stoppedCell, 1);
      // Changes the cell that the thread sleeps on: between its look at `stopped` and its sleep a notify alone is lost.
      acknowledge();
    },
  };
}

/** Opens the other side of the control that has this memory. */
export function openWalkGate(memory: SharedArrayBuffer): WalkGate {
  const cells = new Int32Array(memory);
  const isStopped = () => Atomics.load(cells, stoppedCell) === 1;
  return {
    isStopped,
    waitForRoom(batchesSent) {
      for (;;) {
        const acknowledged = Atomics.load(cells, acknowledgedCell);
        if (isStopped() || batchesSent - acknowledged < maxInFlight) return;
        Atomics.wait(cells, acknowledgedCell, acknowledged);
      }
    },
  };
}
