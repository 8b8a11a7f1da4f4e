import type { Logger } from 'pino';
import type { ImageProxyProfile } from '../../base/config/image-proxy-profile.ts';
import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Database } from '../../base/database/database.ts';
import { readUnproxied } from './sql/proxy-candidates.ts';
import { createBackgroundLoop, type BackgroundLoop } from '../../base/async/background-loop.ts';
import type { ProxyRenderer } from './proxy-renderer.ts';
import type { FinishedProxy, ProxyWriter } from './proxy-writer.ts';
import { toProxyError } from './proxy-errors.ts';

interface ProxiesAfterScanOptions {
  database: Database;
  mediaConfig: Pick<MediaConfigStore, 'current'>;
  renderer: ProxyRenderer;
  writer: ProxyWriter;
  profile: () => ImageProxyProfile;
  log: Pick<Logger, 'warn' | 'error'>;
}

/**
 * Makes the proxies of what scans found, in the background. The rows say what is left to do, so an image that fails is
 * tried again in the next pass: whenever the loop is woken, at the start of the service or by a scan.
 */
export function createProxiesAfterScan(options: ProxiesAfterScanOptions): BackgroundLoop {
  const { database, mediaConfig, renderer, writer, profile, log } = options;
  let after = 0;
  let failed = 0;
  return createBackgroundLoop({
    name: 'making image proxies',
    log,
    begin() {
      after = 0;
    },
    async step() {
      const wanted = profile();
      const { name, shorterSide } = wanted;
      const rootCategories = mediaConfig.current().categories.map(({ key }) => key);
      const query = { profile: name, shorterSide, rootCategories, after, limit: renderer.threads * 4 };
      const items = await readUnproxied(database, query);
      after = items.at(-1)?.id ?? after;
      const finished: FinishedProxy[] = [];
      const renderOne = async (item: (typeof items)[number]) => {
        const rendering = await renderer.render(item, wanted, { small: 'SKIP' });
        if (rendering.kind === 'RENDERED') finished.push({ item, rendered: rendering });
        if (rendering.kind === 'FAILED') warn(item.id, toProxyError(rendering));
      };
      // All are awaited, also when one throws: only here it is known what the others rendered.
      const outcomes = await Promise.allSettled(items.map(renderOne));
      if (finished.length > 0) {
        for (const [mediaId, error] of await writer.write(finished, wanted, null)) warn(mediaId, error);
      }
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
      return items.length;
    },
  });

  function warn(mediaId: number, error: Error): void {
    failed += 1;
    log.warn({ err: error, mediaId, failed }, 'the proxy of an image could not be made');
  }
}
