import { printableLine } from '../printable.ts';

/** An entry of the log, as pino writes it. */
interface LogEntry {
  level: number;
  msg?: string;
  err?: { message?: string; stack?: string };
  [field: string]: unknown;
}

/**
 * Creates a destination for pino that writes each entry as one sentence for a person, instead of JSON: for commands
 * whose other output is text. The stack of an error is written at level `debug` or below.
 */
export function createReadableDestination(
  write: (text: string) => void,
  { showsStacks }: { showsStacks: boolean },
): { write(line: string): void } {
  return {
    write(line) {
      const entry = JSON.parse(line) as LogEntry;
      write(`${printableLine(describeEntry(entry))}\n`);
      if (showsStacks && entry.err?.stack) write(`${entry.err.stack.split('\n').map(printableLine).join('\n')}\n`);
    },
  };
}

function describeEntry({ level, msg, err, time: _time, ...fields }: LogEntry): string {
  const sentence = [msg, err?.message].filter((text) => text !== undefined && text !== '').join(': ');
  const details = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [`${name} ${value}`] : [],
  );
  return `${labelOf(level)}: ${sentence}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

function labelOf(level: number): string {
  if (level >= 50) return 'Error';
  if (level >= 40) return 'Warning';
  return level >= 30 ? 'Note' : 'Debug';
}
