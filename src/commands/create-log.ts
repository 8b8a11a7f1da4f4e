import { pino, type Logger } from 'pino';
import { secretsOf } from '../base/config/secrets-of.ts';
import type { Settings } from '../base/config/settings.ts';
import { createLog } from '../base/observability/log.ts';

/** The log of `serve`: all of it, to stdout. */
export function createServiceLog(settings: Settings): Logger {
  return openLog(settings, settings.logLevel, 1);
}

/** A command that prints a result keeps stdout for it, and logs to stderr. */
export function createCommandLog(settings: Settings, level: string = settings.logLevel): Logger {
  return openLog(settings, level, 2);
}

/** The same, for a command that shows its progress: only what is unusual. */
export function createQuietLog(settings: Settings): Logger {
  return createCommandLog(settings, settings.logLevel === 'info' ? 'warn' : settings.logLevel);
}

const maxHeldBytes = 1024 ** 2;

function openLog(settings: Settings, level: string, descriptor: 1 | 2): Logger {
  const destination = pino.destination({ dest: descriptor, maxLength: maxHeldBytes });
  // Redirected to a file on a full disk, it fails: without a listener that would end the process. What it holds is written
  // once there is room, and what is beyond is lost.
  destination.on('error', () => undefined);
  return createLog({ level, secrets: secretsOf(settings, process.env), destination });
}
