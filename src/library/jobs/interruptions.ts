import { readProgress } from './job-progress.ts';

/**
 * How often the job's process was killed in a row without the job getting further, and how far it had come at best.
 * The row's `progress` contains it, beside what is shown.
 */
export interface Interruptions {
  readonly count: number;
  readonly done: number;
  readonly bytesDone: number;
}

/** A job that kills its process at the same place again and again is not resumed for ever. */
export const maxInterruptions = 3;

export const noInterruptions: Interruptions = { count: 0, done: 0, bytesDone: 0 };

export function readInterruptions(stored: unknown): Interruptions {
  return (stored as { interruptions?: Interruptions }).interruptions ?? noInterruptions;
}

/** The interruptions after one more kill: a job that came further than ever before starts at one again. */
export function countInterruption(stored: unknown): Interruptions {
  const before = readInterruptions(stored);
  const { done, bytesDone } = readProgress(stored);
  const cameFurther = done > before.done || bytesDone > before.bytesDone;
  return {
    count: cameFurther ? 1 : before.count + 1,
    done: Math.max(done, before.done),
    bytesDone: Math.max(bytesDone, before.bytesDone),
  };
}
