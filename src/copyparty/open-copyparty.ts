import type { Logger } from 'pino';
import type { Settings } from '../config/settings.ts';
import { createCopyparty, type Copyparty, type CopypartyOptions } from './copyparty.ts';

/** Null where none is configured: then all bytes come from the disk. */
export function openCopyparty(
  settings: Settings,
  options: { log: Logger; aroundRequest: NonNullable<CopypartyOptions['aroundRequest']> },
): Copyparty | null {
  const { copypartyUrl: url, copypartyPassword: password, copypartyTimeouts: timeouts } = settings;
  return url === undefined ? null : createCopyparty({ url, password, timeouts, ...options });
}
