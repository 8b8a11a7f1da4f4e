import { pino, type DestinationStream, type Logger } from 'pino';
import { oneLineJson } from '../one-line.ts';
import { createRedactor } from './redaction.ts';

interface LogOptions {
  level: string;
  /** Texts that must never appear in the log, wherever they might stand. */
  secrets: readonly string[];
  destination: DestinationStream;
}

/**
 * Creates the service's log: one line of JSON for each entry, whatever is in it. Each line passes through the redaction
 * as it is written, so nobody who logs has to think of it.
 */
export function createLog({ level, secrets, destination }: LogOptions): Logger {
  const redact = createRedactor(secrets);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: { streamWrite: (line) => oneLineJson(redact(line)) },
    },
    destination,
  );
}
