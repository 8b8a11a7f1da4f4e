import { pino, type Logger } from 'pino';

/** The service's log: JSON lines. A command that prints a result keeps stdout for it and logs to stderr. */
export function createLog(level: string, target: 'stdout' | 'stderr'): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(target === 'stdout' ? 1 : 2),
  );
}
