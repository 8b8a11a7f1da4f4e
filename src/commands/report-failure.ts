import { domainErrorOf } from '../base/errors/domain-error-of.ts';
import { printable } from './printable.ts';

/** Tells a person at a terminal what went wrong: an expected failure in its own words, a bug with its stack. */
export function reportFailure(error: unknown): void {
  const text = domainErrorOf(error)?.message ?? (error instanceof Error ? error.stack : String(error));
  process.stderr.write(`${printable(text ?? 'unknown')}\n`);
}
