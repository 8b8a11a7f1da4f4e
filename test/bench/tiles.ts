// npx tsx test/bench/tiles.ts: cached tiles against /health/live of the same service, on 16 connections from another process.
// The work for a request, by the clock of the processor, does not depend on what else the machine does; the rates do.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { loadSettings } from '../../src/base/config/settings.ts';
import { createLog } from '../../src/base/observability/log.ts';
import { openService } from '../../src/service/service.ts';

const pictures = 100;
const runMs = Number(process.env['RUN_MS'] ?? 3000);
const work = mkdtempSync(join(tmpdir(), 'mediashelf-bench-'));
const root = join(work, 'photos');
mkdirSync(root);
for (let index = 0; index < pictures; index++) {
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  const create = { width: 400, height: 300, channels: 3, background: '#888', noise } as const;
  writeFileSync(join(root, `${index}.jpg`), await sharp({ create }).jpeg().toBuffer());
}
const configPath = join(work, 'watch_media_dirs.yml');
writeFileSync(
  configPath,
  `version: 2\ncategories: [{key: photos, label: Photos, default: true, media_type: image, root_path: ${root}}]\n`,
);
const settings = loadSettings({ DATA_DIR: work, LOG_DIR: work, MEDIA_CONFIG: configPath, PRESSURE: 'off' }, work);
// The log is written as in production, with its redaction; the lines go nowhere.
const log = createLog({ level: 'info', secrets: [], destination: { write: () => undefined } });
const service = await openService(settings, log);
const address = new URL(await service.http.listen('127.0.0.1', 0));
await service.jobs.waitFor((await service.scanner.start({ requestedBy: 'bench' })).id);
// What follows a scan changes the version of an item.
for (const loop of [service.prober, service.searchIndexer, service.folderCounter]) await loop.drain();
const tiles = await findTiles();
let bytes = 0;
for (const path of tiles) bytes += (await (await fetch(new URL(path, address))).arrayBuffer()).byteLength;
console.log(`${tiles.length} tiles of ${(bytes / tiles.length / 1000).toFixed(1)} kB`);

const kinds = { live: ['/health/live'], named: tiles, unnamed: tiles.map((path) => path.replace(/&v=[^&]*/, '')) };
const rounds: Record<keyof typeof kinds, { perSecond: number; cpuUs: number }>[] = [];
// All that is measured is warm.
for (const paths of Object.values(kinds)) await measure(paths);
for (let round = 0; round < Number(process.env['ROUNDS'] ?? 5); round++) {
  const live = await measure(kinds.live);
  rounds.push({ live, named: await measure(kinds.named), unnamed: await measure(kinds.unnamed) });
}
for (const kind of ['named', 'unnamed'] as const) {
  const of = (read: (round: (typeof rounds)[number]) => number) => median(rounds.map(read));
  console.log(
    `${kind}: ${of((round) => round[kind].perSecond).toFixed(0)}/s of ${of((round) => round.live.perSecond).toFixed(0)}/s, ` +
      `${of((round) => round[kind].cpuUs).toFixed(0)} of ${of((round) => round.live.cpuUs).toFixed(0)} µs of work each`,
  );
  const limit = kind === 'named' ? 0.6 : 0.3;
  report(
    `tiles (${kind} versions) / live, by rate`,
    of((round) => round[kind].perSecond / round.live.perSecond),
    limit,
  );
  report(
    `tiles (${kind} versions) / live, by work`,
    of((round) => round.live.cpuUs / round[kind].cpuUs),
    limit,
  );
}
await service.close(0);
rmSync(work, { recursive: true });
process.exit();

async function findTiles(): Promise<string[]> {
  const query = `{ media(first: 100) { edges { node { thumbnailUrl(size: SMALL) } } } }`;
  const answer = await fetch(new URL('/graphql', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data } = (await answer.json()) as { data: { media: { edges: { node: { thumbnailUrl: string } }[] } } };
  return data.media.edges.map(({ node }) => node.thumbnailUrl);
}

async function measure(paths: string[]): Promise<{ perSecond: number; cpuUs: number }> {
  const load = fork(new URL('get-load.mjs', import.meta.url));
  const before = process.cpuUsage();
  load.send({ port: Number(address.port), paths, runMs, headers: '' });
  const [count] = (await once(load, 'message')) as [number];
  const { user, system } = process.cpuUsage(before);
  return { perSecond: (count * 1000) / runMs, cpuUs: (user + system) / count };
}

function report(what: string, value: number, limit: number): void {
  console.log(`${what}: ${value.toFixed(2)} (at least ${limit}) ${value >= limit ? 'ok' : 'OVER'}`);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
