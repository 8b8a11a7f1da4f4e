import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createCopyparty, type Copyparty, type CopypartyOptions } from '../../src/library/copyparty/copyparty.ts';
import { fakePassword } from './fake-copyparty.ts';

export interface OpenedCopyparty extends Copyparty {
  /** What was logged, one object a line. */
  logged: Record<string, unknown>[];
}

/** The client of a copyparty, with time limits that a test can wait for; it ends with the test. */
export function openCopyparty(url: string, options: Partial<CopypartyOptions> = {}): OpenedCopyparty {
  const logged: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) });
  const timeouts = { connectMs: 500, firstByteMs: 500, stallMs: 500 };
  const copyparty = createCopyparty({ url, password: fakePassword, timeouts, retryMs: 50, log, ...options });
  onTestFinished(() => copyparty.close());
  return { ...copyparty, logged };
}
