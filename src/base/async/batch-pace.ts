/** Finds how many items a batch may have, so that it takes about as long as it should. */
export interface BatchPace {
  /** How many items the next batch should have. */
  size(): number;
  /** Runs a batch of so many items, and notes how long it took. */
  timed<T>(items: number, act: () => Promise<T>): Promise<T>;
}

interface BatchPaceOptions {
  targetMs: number;
  smallest: number;
  largest: number;
  /** How many items the first batch has. */
  first: number;
  /** Returns milliseconds of a clock that never goes back. */
  now?: () => number;
}

/** A batch may have waited for the processor, or for another writer: the quickest of so many tells what an item costs. */
const remembered = 8;

export function createBatchPace({
  targetMs,
  smallest,
  largest,
  first,
  now = () => performance.now(),
}: BatchPaceOptions): BatchPace {
  const costs: number[] = [];
  let size = first;
  return {
    size: () => size,
    async timed(items, act) {
      const startedAt = now();
      const result = await act();
      // The last batch of a walk may be short, and shows what a batch costs rather than an item.
      if (items * 2 < size) return result;
      costs.push((now() - startedAt) / items);
      if (costs.length > remembered) costs.shift();
      const fitting = Math.floor(targetMs / Math.max(Math.min(...costs), Number.EPSILON));
      size = Math.max(smallest, Math.min(largest, fitting, size * 2));
      return result;
    },
  };
}
