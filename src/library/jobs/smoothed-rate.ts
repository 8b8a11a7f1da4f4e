/** The time constant of the average: what happened this long ago weighs a third of what happens now. */
const timeConstantMs = 10_000;
/** Shorter intervals say more about the scheduler than about the work. */
const shortestIntervalMs = 500;

export interface SmoothedRate {
  /** The rate per second at that time, with `count` done in all; null while too little time has passed. */
  at(timeMs: number, count: number): number | null;
}

/**
 * An exponentially smoothed rate. The weight of an interval depends on its length, so that it does not matter how
 * often `at` is called, and the rate of a job that stalls goes down.
 */
export function createSmoothedRate(startedAtMs: number): SmoothedRate {
  let lastTimeMs = startedAtMs;
  let lastCount = 0;
  let rate: number | null = null;
  return {
    at(timeMs, count) {
      const elapsedMs = timeMs - lastTimeMs;
      if (elapsedMs < shortestIntervalMs) return rate;
      const recent = ((count - lastCount) / elapsedMs) * 1000;
      const weight = 1 - Math.exp(-elapsedMs / timeConstantMs);
      rate = rate === null ? recent : rate + weight * (recent - rate);
      lastTimeMs = timeMs;
      lastCount = count;
      return rate;
    },
  };
}
