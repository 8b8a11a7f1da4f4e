// One round of the benchmark of image proxies, in a process of its own: PROCESS ROOT DATA COUNT.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';

const [root = '', data = '', count = ''] = process.argv.slice(2);
const config = join(data, 'config.yml');
mkdirSync(data, { recursive: true });
writeFileSync(
  config,
  `version: 2\ncategories: [{key: photos, label: Photos, default: true, media_type: image, root_path: ${root}}]\n`,
);
// As it is shipped: a TypeScript loader in every thread would take as much memory as the pictures do.
const dist = new URL('../../dist/', import.meta.url).href;
const { openService } = await import(`${dist}service/service.js`);
const { loadSettings } = await import(`${dist}base/config/settings.js`);
const app = await openService(
  loadSettings({ MEDIA_CONFIG: config, NODE_ENV: 'test' }, data),
  pino({ level: 'silent' }),
);
await app.jobs.waitFor((await app.scanner.start({})).id);
await app.prober.drain();
// The threads have begun by now, as they have in a service that runs.
const idle = monitorEventLoopDelay({ resolution: 1 });
idle.enable();
await setTimeout(1_000);
idle.disable();

let residentMb = 0;
const watch = setInterval(() => (residentMb = Math.max(residentMb, process.memoryUsage.rss() / 1024 ** 2)), 20);
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const startedAt = performance.now();
const { id } = await app.imageProxies.batches.start({ profile: 'nova', force: false, dryRun: false });
const job = await app.jobs.waitFor(id);
const ms = performance.now() - startedAt;
delay.disable();
clearInterval(watch);
const { proxiesCreated } = job.result;
if (proxiesCreated !== Number(count)) throw new Error(`${proxiesCreated} proxies were made of ${count} images`);
const figures = {
  ms,
  delayMs: delay.percentile(99) / 1e6,
  idleDelayMs: idle.percentile(99) / 1e6,
  residentMb,
};
await app.close(0);
process.send?.(figures);
