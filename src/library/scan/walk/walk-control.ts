/** The consumer's side of a walk: lets the walking thread go on, or stops it. */
export interface WalkControl {
  /** Shared with the walking thread. */
  readonly memory: SharedArrayBuffer;
  /** Acknowledges that one batch was taken. */
  acknowledge(): void;
  stop(): void;
}

/** The walking thread's side. */
export interface WalkGate {
  isStopped(): boolean;
  /** Blocks the thread until fewer than `maxInFlight` of the batches sent are unacknowledged, or the walk is stopped. */
  waitForRoom(batchesSent: number): void;
}

export const maxInFlight = 4;

const acknowledgedCell = 0;
const stoppedCell = 1;

/** The walking thread never returns to its event loop, so both signals reach it through shared memory. */
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
      // This changes the cell that the thread waits on: between its check of `stopped` and its wait a notify alone is lost.
      acknowledge();
    },
  };
}

/** Creates the walking thread's side of the control that has this memory. */
export function createWalkGate(memory: SharedArrayBuffer): WalkGate {
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
