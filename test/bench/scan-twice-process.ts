// The service that test/bench/scan.ts watches, in a process of its own: node --expose-gc … ROOT FOLDER FILES
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { openService } from '../../src/service/service.ts';
import { loadSettings } from '../../src/base/config/settings.ts';
import type { ScanSummary } from '../../src/library/scan/scan-summary.ts';

const [root = '', folder = '', files = '0'] = process.argv.slice(2);
process.send?.(await scanTwice());
process.disconnect();

async function scanTwice() {
  mkdirSync(folder);
  const configPath = join(folder, 'watch_media_dirs.yml');
  writeFileSync(
    configPath,
    `version: 2\ncategories: [{key: all, label: All, default: true, media_type: image, root_path: "${root}", include_patterns: ["**/*.jpg"]}]\n`,
  );
  const settings = loadSettings({ DATA_DIR: folder, LOG_DIR: folder, MEDIA_CONFIG: configPath }, folder);
  const app = await openService(settings, pino({ level: 'silent' }));
  await app.scanner.start({ limit: 50, dryRun: true }).then(({ id }) => app.jobs.waitFor(id)); // starts a worker
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const first = await watchMemory(() => {
    delay.enable();
    return timeScan();
  });
  delay.disable();
  // What follows a scan, and the libraries that it loads, is not part of it.
  await app.searchIndexer.close();
  await app.prober.close();
  const [before] = await app.database.prisma.$queryRawUnsafe<{ n: bigint }[]>(
    'SELECT max(updated_at) AS n FROM media_items',
  );
  const again = await watchMemory(timeScan);
  const written = await app.database.prisma.mediaItem.count({
    where: { updatedAt: { gt: new Date(Number(before?.n)) } },
  });
  await app.close(0);
  return {
    firstMs: first.result,
    againMs: again.result,
    written,
    delayP99Ms: delay.percentile(99) / 1e6,
    growthMb: Math.max(first.growthMb, again.growthMb),
  };

  async function timeScan(): Promise<number> {
    const startedAt = performance.now();
    const { id } = await app.scanner.start({});
    const { result, failure } = await app.jobs.waitFor(id);
    const elapsed = performance.now() - startedAt;
    const [category] = (result as unknown as ScanSummary | null)?.categories ?? [];
    if (category?.filesFound !== Number(files)) throw new Error(`the scan found ${category?.filesFound}: ${failure}`);
    return elapsed;
  }
}

/** How far the resident memory rises over that of the idle service. */
async function watchMemory<T>(act: () => Promise<T>): Promise<{ result: T; growthMb: number }> {
  global.gc?.();
  await setTimeout(300);
  const idleBytes = process.memoryUsage.rss();
  let peakBytes = idleBytes;
  const sampler = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), 20);
  const result = await act();
  clearInterval(sampler);
  return { result, growthMb: (peakBytes - idleBytes) / 2 ** 20 };
}
