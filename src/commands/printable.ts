import { createRedactor } from '../base/observability/redaction.ts';
import { escapeName } from '../library/scan/walk/escape-name.ts';
import { domainErrorOf } from '../base/errors/domain-error-of.ts';

const redact = createRedactor();

/** A text for a terminal, which obeys control characters: line ends are left, for messages have several lines. */
export function printable(text: string): string {
  return redact(text).split('\n').map(escapeControls).join('\n');
}

/** The same for what has to stay on its line: a file's name may have line ends in it. */
export function printableLine(text: string): string {
  return escapeControls(redact(text));
}

/** Backslashes are left: on a terminal, they need not distinguish names. */
function escapeControls(text: string): string {
  return text.split('\\').map(escapeName).join('\\');
}

/** Tells a person at a terminal what went wrong: an expected failure in its own words, a bug with its stack. */
export function reportFailure(error: unknown): void {
  const text = domainErrorOf(error)?.message ?? (error instanceof Error ? error.stack : String(error));
  process.stderr.write(`${printable(text ?? 'unknown')}\n`);
}
