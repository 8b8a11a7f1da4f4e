import type { TaskName } from './tasks.ts';

const second = 1000;

/**
 * How long a task may run, in milliseconds, before its thread is ended. The tasks have limits of their own, which look at
 * the work; this one is for when nothing looks any more: a decoder in an endless loop, a disk that does not answer.
 * Infinity where the work has no measure; those can be stopped from outside, and hashing is watched by its progress.
 */
export const taskLimitsMs: Readonly<Record<TaskName, number>> = {
  renderPicture: 60 * second,
  renderProxy: 180 * second,
  makeTiers: 180 * second,
  // A batch that takes longer is halved, and so on: what holds it is found, and what is only slow is read.
  probeFiles: 120 * second,
  walkCategory: Infinity,
  hashFiles: Infinity,
  identifyFiles: Infinity,
  checkLegacyCopy: Infinity,
  readLegacyPage: Infinity,
};
