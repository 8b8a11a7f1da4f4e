import { createRedactor } from '../base/observability/redaction.ts';
import { escapeName } from '../base/files/escape-name.ts';
import { domainErrorOf } from '../base/errors/domain-error-of.ts';

const redact = createRedactor();

/** Escapes control characters, which a terminal would obey. Line ends are left, as messages have several lines. */
export function printable(text: string): string {
  return redact(text).split('\n').map(escapeControls).join('\n');
}

/** Escapes line ends too, for a text that has to stay on its line: a file's name may have line ends in it. */
export function printableLine(text: string): string {
  return escapeControls(redact(text));
}

/** Leaves backslashes as they are: on a terminal, names need not be distinguished by them. */
function escapeControls(text: string): string {
  return text.split('\\').map(escapeName).join('\\');
}

/** Prints to stderr what went wrong: an expected failure in its own words, a bug with its stack. */
export function reportFailure(error: unknown): void {
  const text = domainErrorOf(error)?.message ?? (error instanceof Error ? error.stack : String(error));
  process.stderr.write(`${printable(text ?? 'unknown')}\n`);
}
