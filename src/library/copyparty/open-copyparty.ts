import type { Logger } from 'pino';
import type { Settings } from '../../base/config/settings.ts';
import type { Copyparty, CopypartyOptions } from './copyparty.ts';

/** Null where no copyparty is configured: then all bytes come from the disk, and the client is not even loaded. */
export async function openCopyparty(
  settings: Settings,
  options: { log: Logger; aroundRequest: NonNullable<CopypartyOptions['aroundRequest']> },
): Promise<Copyparty | null> {
  const { copypartyUrl: url, copypartyPassword: password, copypartyTimeouts: timeouts } = settings;
  if (url === undefined) return null;
  const { createCopyparty } = await import('./copyparty.ts');
  return createCopyparty({ url, password, timeouts, ...options });
}
