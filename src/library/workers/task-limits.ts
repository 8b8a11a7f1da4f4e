import type { TaskName } from './tasks.ts';

const second = 1000;

/**
 * How long a task may run, in milliseconds, before its thread or process is ended. The tasks have limits of their own, by their work;
 * this one is for where those do not work any more: a decoder in an endless loop, a disk that does not answer. It is
 * Infinity where the amount of work is unknown; such tasks can be aborted, and hashing is watched by its progress.
 */
export const taskLimitsMs: Readonly<Record<TaskName, number>> = {
  renderPicture: 60 * second,
  makePlaceholders: 60 * second,
  renderStoryboard: 120 * second,
  locateTiles: 60 * second,
  renderProxy: 180 * second,
  makeTiers: 180 * second,
  convertSubtitle: 20 * second,
  // A batch that takes longer is halved, and so on: a file that blocks is found, and one that is only slow is read.
  probeFiles: 120 * second,
  walkCategory: Infinity,
  hashFiles: Infinity,
  identifyFiles: Infinity,
  checkLegacyCopy: Infinity,
  readLegacyPage: Infinity,
};
