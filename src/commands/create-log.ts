import { pino, type DestinationStream, type Logger } from 'pino';
import { secretsOf } from '../base/config/secrets-of.ts';
import type { Settings } from '../base/config/settings.ts';
import { createLog } from '../base/observability/log.ts';
import { createReadableDestination } from './output/readable-log.ts';

/** Creates the log of `serve`, which goes to stdout as lines of JSON. */
export function createServiceLog(settings: Settings): Logger {
  return createLogTo(openDestination(1), settings, settings.logLevel);
}

/** Creates the log of a command that prints a result: stdout is kept for that, so it goes to stderr, in sentences. */
export function createCommandLog(settings: Settings, level: string = settings.logLevel): Logger {
  const stderr = openDestination(2);
  const showsStacks = level === 'debug' || level === 'trace';
  const readable = createReadableDestination((text) => stderr.write(text), { showsStacks });
  return createLogTo(readable, settings, level);
}

/** Creates the log of a command that shows its progress: only what is unusual goes to stderr. */
export function createQuietLog(settings: Settings): Logger {
  return createCommandLog(settings, settings.logLevel === 'info' ? 'warn' : settings.logLevel);
}

const maxHeldBytes = 1024 ** 2;

function openDestination(descriptor: 1 | 2): DestinationStream {
  const destination = pino.destination({ dest: descriptor, maxLength: maxHeldBytes });
  // Writing fails where the output is redirected to a file on a full disk, and without a listener that would end the
  // process. Up to `maxHeldBytes` are kept and written once there is room, and what is beyond is lost.
  destination.on('error', () => undefined);
  return destination;
}

function createLogTo(destination: DestinationStream, settings: Settings, level: string): Logger {
  return createLog({ level, secrets: secretsOf(settings, process.env), destination });
}
