import type { Logger } from 'pino';
import type { CategoryConfig } from '../../base/config/media-config.ts';
import { DomainError } from '../../base/errors/domain-error.ts';
import { discard, type Copyparty } from './copyparty.ts';

/** Notifies copyparty of files that were not uploaded through it: its index would find them only at its next scan. */
export interface IndexNotifier {
  /** Called when files were added to the category's root. */
  changed(category: string): void;
  close(): void;
}

interface IndexNotifierOptions {
  copyparty: Pick<Copyparty, 'get'>;
  findCategory(key: string): Pick<CategoryConfig, 'copypartyPath'> | undefined;
  /** Changes are collected for this long, as each notice makes copyparty go through all of the folder. */
  delayMs?: number;
  log: Pick<Logger, 'info' | 'error'>;
}

export function createIndexNotifier(options: IndexNotifierOptions): IndexNotifier {
  const { copyparty, findCategory, delayMs = 2_000, log } = options;
  const waiting = new Map<string, NodeJS.Timeout>();
  const closed = new AbortController();
  /** Paths where the user is no admin of the folder. More requests there could get the service banned. */
  const refused = new Set<string>();

  async function notify(path: string): Promise<void> {
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
      waiting.set(path, setTimeout(() => void notify(path), delayMs).unref());
    },
    close() {
      closed.abort();
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
}
