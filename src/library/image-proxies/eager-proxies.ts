import PQueue from 'p-queue';
import type { Logger } from 'pino';
import type { ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import type { SingleImageProxies } from './single-image-proxies.ts';
import { NotAnImageError } from './proxy-errors.ts';

/** Proxies that are made before anybody asks for them. */
export interface EagerProxies {
  /** Makes the proxy of a new image where it needs one, later. A failure is only logged. */
  add(mediaId: number): void;
  /** Counts since the start of the service. */
  counts(): { made: number; failed: number };
  /** Waits until all that was added is done. */
  idle(): Promise<void>;
  /** Waits for the one under way; what has not begun is left to the next batch. */
  close(): Promise<void>;
}

interface EagerProxiesOptions {
  imageProxies: Pick<SingleImageProxies, 'ensure'>;
  profile: () => ImageProxyProfile;
  log: Pick<Logger, 'warn'>;
}

export function createEagerProxies({ imageProxies, profile, log }: EagerProxiesOptions): EagerProxies {
  // One at a time: each has the priority of those that somebody waits for, and at most one may go before them.
  const queue = new PQueue({ concurrency: 1 });
  const counts = { made: 0, failed: 0 };

  async function make(mediaId: number): Promise<void> {
    try {
      if ((await imageProxies.ensure(mediaId, profile(), 'SKIP')) !== null) counts.made += 1;
    } catch (error) {
      if (error instanceof NotAnImageError) return;
      counts.failed += 1;
      log.warn({ err: error, mediaId, failed: counts.failed }, 'the proxy of a new image could not be made');
    }
  }

  return {
    add: (mediaId) => void queue.add(() => make(mediaId)),
    counts: () => ({ ...counts }),
    idle: () => queue.onIdle(),
    async close() {
      queue.clear();
      await queue.onIdle();
    },
  };
}
