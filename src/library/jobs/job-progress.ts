import { createSmoothedRate } from './smoothed-rate.ts';

export interface JobProgress {
  readonly done: number;
  /** Null while the total is unknown. */
  readonly total: number | null;
  readonly bytesDone: number;
  readonly bytesTotal: number | null;
  readonly currentItem: string | null;
  readonly itemsPerSecond: number | null;
  readonly remainingSeconds: number | null;
}

export interface ProgressTotals {
  /** Null where it turns out not to be known. */
  total?: number | null;
  bytesTotal?: number;
}

export interface ProgressStep {
  /** Items done since the last step. */
  done?: number;
  /** Bytes done since the last step. */
  bytes?: number;
  currentItem?: string;
}

export interface ProgressMeter {
  start(totals: ProgressTotals): void;
  advance(step: ProgressStep): void;
  /** Ends the run: no item is current any more, and the rate becomes that of the whole run. */
  finish(): void;
  snapshot(): JobProgress;
}

export const noProgress: JobProgress = {
  done: 0,
  total: null,
  bytesDone: 0,
  bytesTotal: null,
  currentItem: null,
  itemsPerSecond: null,
  remainingSeconds: null,
};

/** Counts what a job has done and estimates what is left. `now` returns milliseconds of a clock that never goes back. */
export function createProgressMeter(now: () => number = () => performance.now()): ProgressMeter {
  const startedAt = now();
  const items = createSmoothedRate(startedAt);
  const bytes = createSmoothedRate(startedAt);
  let { done, total, bytesDone, bytesTotal, currentItem } = noProgress;
  let finishedAt: number | null = null;

  /** Estimates by bytes where their sum is known: one film takes as long as a thousand pictures. */
  function remainingSeconds(itemRate: number | null, byteRate: number | null): number | null {
    if (finishedAt !== null) return null;
    if (bytesTotal !== null && bytesTotal > 0) return secondsFor(bytesTotal - bytesDone, byteRate);
    return total === null ? null : secondsFor(total - done, itemRate);
  }

  return {
    start(totals) {
      if (totals.total !== undefined) total = totals.total;
      bytesTotal = totals.bytesTotal ?? bytesTotal;
    },
    advance(step) {
      done += step.done ?? 0;
      bytesDone += step.bytes ?? 0;
      currentItem = step.currentItem ?? currentItem;
    },
    finish() {
      finishedAt = now();
      currentItem = null;
    },
    snapshot() {
      const at = finishedAt ?? now();
      const itemRate = finishedAt === null ? items.at(at, done) : perSecond(done, at - startedAt);
      return {
        done,
        total,
        bytesDone,
        bytesTotal,
        currentItem,
        itemsPerSecond: itemRate === null ? null : Math.round(itemRate * 100) / 100,
        remainingSeconds: remainingSeconds(itemRate, bytes.at(at, bytesDone)),
      };
    },
  };
}

/** How far the job is, 0 to 100, by bytes where their sum is known; null while no total is. */
export function progressPercent({ done, total, bytesDone, bytesTotal }: JobProgress): number | null {
  if (bytesTotal !== null && bytesTotal > 0) return percent(bytesDone, bytesTotal);
  return total === null ? null : percent(done, total);
}

/** Reads the progress of a job's row; an older version of the service may have left fields out. */
export function readProgress(stored: unknown): JobProgress {
  const { done, total, bytesDone, bytesTotal, currentItem, itemsPerSecond, remainingSeconds } = {
    ...noProgress,
    ...(stored as Partial<JobProgress>),
  };
  return { done, total, bytesDone, bytesTotal, currentItem, itemsPerSecond, remainingSeconds };
}

function secondsFor(left: number, rate: number | null): number | null {
  if (left <= 0) return 0;
  return rate === null || rate <= 0 ? null : Math.ceil(left / rate);
}

function perSecond(count: number, elapsedMs: number): number | null {
  return elapsedMs <= 0 ? null : (count / elapsedMs) * 1000;
}

/** The percentage, rounded down so that only a complete job shows 100. More than was announced is complete as well. */
function percent(done: number, total: number): number {
  return total <= 0 || done >= total ? 100 : Math.floor((done / total) * 1000) / 10;
}
