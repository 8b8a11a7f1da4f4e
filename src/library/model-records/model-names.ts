import type { Logger } from 'pino';
import { createBackgroundLoop, type BackgroundLoop } from '../../base/async/background-loop.ts';
import type { Database } from '../../base/database/database.ts';
import { keyNames } from './sql/key-names.ts';

const modelsPerStep = 200;

/** Makes what model records are sorted by, behind whoever stored them: until then they come first in lists by name. */
export function createModelNames(options: { database: Database; log: Pick<Logger, 'error'> }): BackgroundLoop {
  const { database, log } = options;
  return createBackgroundLoop({ name: 'sorting models', log, step: () => keyNames(database, modelsPerStep) });
}
