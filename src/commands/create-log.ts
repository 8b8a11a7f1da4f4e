import { pino, type Logger } from 'pino';
import { secretsOf } from '../base/config/secrets-of.ts';
import type { Settings } from '../base/config/settings.ts';
import { createLog } from '../base/observability/log.ts';

/** Creates the log of `serve`, which goes to stdout. */
export function createServiceLog(settings: Settings): Logger {
  return createLogTo(1, settings, settings.logLevel);
}

/** Creates the log of a command that prints a result: stdout is kept for that, so it logs to stderr. */
export function createCommandLog(settings: Settings, level: string = settings.logLevel): Logger {
  return createLogTo(2, settings, level);
}

/** Creates the log of a command that shows its progress: only what is unusual goes to stderr. */
export function createQuietLog(settings: Settings): Logger {
  return createCommandLog(settings, settings.logLevel === 'info' ? 'warn' : settings.logLevel);
}

const maxHeldBytes = 1024 ** 2;

function createLogTo(descriptor: 1 | 2, settings: Settings, level: string): Logger {
  const destination = pino.destination({ dest: descriptor, maxLength: maxHeldBytes });
  // Writing fails where the output is redirected to a file on a full disk, and without a listener that would end the
  // process. Up to `maxHeldBytes` are kept and written once there is room, and what is beyond is lost.
  destination.on('error', () => undefined);
  return createLog({ level, secrets: secretsOf(settings, process.env), destination });
}
