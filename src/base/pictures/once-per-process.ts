import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const key = 'mediashelf: pictures';
const [untouched, underway, done] = [0, 1, 2];

/** Gives the threads that are started from now on the memory by which `oncePerProcess` knows what another has done. */
export function shareOnce(): Int32Array {
  const known = getEnvironmentData(key);
  const memory = known instanceof SharedArrayBuffer ? known : new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  setEnvironmentData(key, memory);
  return new Int32Array(memory);
}

/**
 * Calls `act` in the first thread that comes here; the others wait for its end, and do not call theirs. It serves
 * settings that native code keeps for the whole process, and that must not change under another thread's work.
 */
export function oncePerProcess(act: () => void): void {
  const state = shareOnce();
  while (Atomics.compareExchange(state, 0, untouched, underway) !== untouched) {
    if (Atomics.load(state, 0) === done) return;
    Atomics.wait(state, 0, underway);
  }
  let outcome = untouched;
  try {
    act();
    outcome = done;
  } finally {
    Atomics.store(state, 0, outcome);
    Atomics.notify(state, 0);
  }
}
