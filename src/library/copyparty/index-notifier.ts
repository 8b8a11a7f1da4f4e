import type { Logger } from 'pino';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import { discard, type Copyparty } from './copyparty.ts';

/** Tells copyparty of files that came past it: its own index would learn of them at its next look only. */
export interface IndexNotifier {
  /** Files were added to the category's root. */
  changed(category: string): void;
  close(): void;
}

interface IndexNotifierOptions {
  copyparty: Pick<Copyparty, 'get'>;
  findCategory(key: string): Pick<CategoryConfig, 'copypartyPath'> | undefined;
  /** Many changes are reported at once: each makes copyparty go through all of the folder. */
  delayMs?: number;
  log: Pick<Logger, 'info' | 'error'>;
}

export function createIndexNotifier(options: IndexNotifierOptions): IndexNotifier {
  const { copyparty, findCategory, delayMs = 2_000, log } = options;
  const waiting = new Map<string, NodeJS.Timeout>();
  const closed = new AbortController();
  /** It takes an admin of the folder. Asking on and on could get the service banned. */
  const refused = new Set<string>();

  async function tell(path: string): Promise<void> {
    waiting.delete(path);
    try {
      const folder = path === '/' ? path : `${path}/`;
      const response = await copyparty.get(folder, { query: { scan: true }, signal: closed.signal });
      discard(response);
      if (response.status === 200) return;
      refused.add(path);
      log.info(
        { path, status: response.status },
        'copyparty is not told of uploads: its user is no admin of the folder',
      );
    } catch (error) {
      if (closed.signal.aborted) return;
      if (!(error instanceof DomainError)) log.error({ err: error }, 'copyparty could not be told of uploads');
    }
  }

  return {
    changed(category) {
      const path = findCategory(category)?.copypartyPath;
      if (path === undefined || closed.signal.aborted || waiting.has(path) || refused.has(path)) return;
      waiting.set(path, setTimeout(() => void tell(path), delayMs).unref());
    },
    close() {
      closed.abort();
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}
