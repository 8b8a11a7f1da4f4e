// What the metrics cost a service: processor time of `media(first: 50)` with them and without, in turn, in one run; and memory.
//   npx tsx test/bench/metrics.ts
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { openService } from '../../src/service/service.ts';
import { loadSettings } from '../../src/base/config/settings.ts';
import { catalogueFiles, categoryOf } from '../support/catalogued-files.ts';

interface Usage {
  cpuMs: number;
  residentMb: number;
}

const requests = 300;
const rounds = 12;
const [mode, folder = ''] = process.argv.slice(2);
if (mode === undefined) await compare();
else await serve(mode, folder);

async function compare(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'bench-metrics-'));
  const [on, off] = [await start('on', work), await start('off', work)];
  const ratios: number[] = [];
  for (let round = -2; round < rounds; round++) {
    // Each goes first in every other round.
    const pair = round % 2 === 0 ? [on, off] : [off, on];
    for (const service of pair) service.cpuMs = await cpuOf(service);
    if (round >= 0) ratios.push(on.cpuMs / off.cpuMs);
  }
  const ratio = ratios.toSorted((a, b) => a - b)[ratios.length >> 1] ?? Number.NaN;
  console.log(
    `metrics on / off, media(first: 50): ${ratio.toFixed(3)} (at most 1.03) ${ratio <= 1.03 ? 'ok' : 'OVER'}`,
  );
  const [more, less] = [(await usageOf(on)).residentMb, (await usageOf(off)).residentMb];
  console.log(`memory: ${more.toFixed(0)} MB with, ${less.toFixed(0)} MB without`);
  for (const { child } of [on, off]) child.kill();
  rmSync(work, { recursive: true });
}

async function start(metrics: string, work: string): Promise<{ child: ChildProcess; url: string; cpuMs: number }> {
  const child = fork(fileURLToPath(import.meta.url), [metrics, join(work, metrics)], { execArgv: ['--import', 'tsx'] });
  const [url] = (await once(child, 'message')) as [string];
  return { child, url, cpuMs: 0 };
}

async function usageOf({ child }: { child: ChildProcess }): Promise<Usage> {
  const answer = once(child, 'message');
  child.send('usage');
  return ((await answer) as [Usage])[0];
}

async function cpuOf(service: { child: ChildProcess; url: string }): Promise<number> {
  const before = await usageOf(service);
  const query =
    'query Page { media(first: 50) { edges { node { id title filename relativePath sizeBytes streamUrl } } } }';
  for (let index = 0; index < requests; index++) {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(service.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    await response.arrayBuffer();
  }
  return (await usageOf(service)).cpuMs - before.cpuMs;
}

async function serve(metrics: string, folder: string): Promise<void> {
  const config = `${folder}.yml`;
  writeFileSync(
    config,
    'version: 2\ncategories: [{key: photos, label: P, default: true, media_type: image, root_path: /srv/p}]\n',
  );
  const environment = { DATA_DIR: folder, LOG_DIR: folder, MEDIA_CONFIG: config, METRICS: metrics };
  const app = await openService(loadSettings(environment, folder), pino({ level: 'silent' }));
  const files = Array.from({ length: 1_000 }, (_, index) => ({ relativePath: `picture ${index}.jpg` }));
  await catalogueFiles(app.database, categoryOf({ key: 'photos', isDefault: true }), files);
  process.send?.(`${await app.http.listen('127.0.0.1', 0)}/graphql`);
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({
      cpuMs: (user + system) / 1_000,
      residentMb: process.memoryUsage().rss / 1024 ** 2,
    } satisfies Usage);
  });
}
