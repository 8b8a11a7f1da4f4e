// npx tsx test/bench/scan.ts [FILES]: scans a tree for the first time and again, against `find` and a plain INSERT of
// the same rows, and watches the event loop and the memory meanwhile.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { pino } from 'pino';
import { createApp } from '../../src/app.ts';
import { loadSettings } from '../../src/config/settings.ts';
import type { ScanSummary } from '../../src/scan/scan-summary.ts';
import { makeTree } from './make-tree.ts';

const fileCount = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 3);
const root = makeTree(fileCount);
const work = mkdtempSync(join(tmpdir(), 'mediashelf-bench-'));

const first: number[] = [];
const again: number[] = [];
const delays: number[] = [];
const growth: number[] = [];
for (let round = 0; round < rounds; round++) {
  const { findMs, insertMs } = baseline();
  const scan = await scanTwice(join(work, String(round)));
  first.push(scan.firstMs / (findMs + insertMs));
  again.push(scan.againMs / findMs);
  delays.push(scan.delayP99Ms);
  growth.push(scan.growthMb);
  console.log(
    `find ${findMs.toFixed(0)} ms, INSERT ${insertMs.toFixed(0)} ms, first scan ${scan.firstMs.toFixed(0)} ms, ` +
      `again ${scan.againMs.toFixed(0)} ms (${scan.written} rows written), loop p99 ${scan.delayP99Ms.toFixed(1)} ms, ` +
      `memory +${scan.growthMb.toFixed(0)} MB`,
  );
}
rmSync(work, { recursive: true });
report('first scan / (find + INSERT)', median(first), 4);
report('rescan / find', median(again), 2.5);
report('event loop delay p99 during the first scan, ms', median(delays), 50);
report('resident memory over idle, MB', Math.max(...growth), 150);

/** What the same work costs without a service: the list of files, and their rows in a table with three indexes. */
function baseline(): { findMs: number; insertMs: number } {
  let startedAt = performance.now();
  const listing = execFileSync('find', [root, '-type', 'f', '-printf', '%s %T@ %p\n'], {
    maxBuffer: 2 ** 30,
  }).toString();
  const findMs = performance.now() - startedAt;
  const rows = listing
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [size, modified, ...path] = line.split(' ');
      const relativePath = path.join(' ').slice(root.length + 1);
      const filename = relativePath.slice(relativePath.lastIndexOf('/') + 1);
      return [relativePath, filename, filename.slice(0, -4), Number(size), Number(modified), `${size}-${modified}`];
    });
  const path = join(work, 'baseline.db');
  const database = new SqliteDatabase(path);
  database.pragma('journal_mode = WAL');
  database.exec(`
    CREATE TABLE items (id INTEGER PRIMARY KEY, path TEXT UNIQUE, filename TEXT, title TEXT, size INTEGER, modified REAL, signature TEXT);
    CREATE INDEX by_size ON items (size); CREATE INDEX by_date ON items (modified);`);
  const insert = database.prepare(
    'INSERT INTO items (path, filename, title, size, modified, signature) VALUES (?, ?, ?, ?, ?, ?)',
  );
  startedAt = performance.now();
  database.transaction(() => rows.forEach((row) => insert.run(...row)))();
  const insertMs = performance.now() - startedAt;
  database.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  return { findMs, insertMs };
}

async function scanTwice(folder: string) {
  mkdirSync(folder);
  const configPath = join(folder, 'watch_media_dirs.yml');
  writeFileSync(
    configPath,
    `version: 2\ncategories: [{key: all, label: All, default: true, media_type: image, root_path: "${root}", include_patterns: ["**/*.jpg"]}]\n`,
  );
  const settings = loadSettings({ DATA_DIR: folder, LOG_DIR: folder, MEDIA_CONFIG: configPath }, folder);
  const app = await createApp(settings, pino({ level: 'silent' }));
  await app.scanner.start({ limit: 50, dryRun: true }).then(({ id }) => app.jobs.waitFor(id)); // starts a worker
  global.gc?.();
  await setTimeout(300);
  const idleBytes = process.memoryUsage.rss();
  let peakBytes = idleBytes;
  const sampler = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), 20);
  const delay = monitorEventLoopDelay({ resolution: 1 });

  delay.enable();
  const firstMs = await timeScan();
  delay.disable();
  await app.searchIndexer.close(); // what follows a scan is not part of it
  await app.prober.close();
  const [before] = await app.database.prisma.$queryRawUnsafe<{ n: bigint }[]>(
    'SELECT max(updated_at) AS n FROM media_items',
  );
  const againMs = await timeScan();
  const written = await app.database.prisma.mediaItem.count({
    where: { updatedAt: { gt: new Date(Number(before?.n)) } },
  });
  clearInterval(sampler);
  await app.close(0);
  return {
    firstMs,
    againMs,
    written,
    delayP99Ms: delay.percentile(99) / 1e6,
    growthMb: (peakBytes - idleBytes) / 2 ** 20,
  };

  async function timeScan(): Promise<number> {
    const startedAt = performance.now();
    const { id } = await app.scanner.start({});
    const { result, failure } = await app.jobs.waitFor(id);
    const elapsed = performance.now() - startedAt;
    const [category] = (result as unknown as ScanSummary | null)?.categories ?? [];
    if (category?.filesFound !== fileCount) throw new Error(`the scan found ${category?.filesFound}: ${failure}`);
    return elapsed;
  }
}

function report(what: string, value: number, limit: number): void {
  console.log(`${what}: ${value.toFixed(2)} (at most ${limit}) ${value <= limit ? 'ok' : 'OVER'}`);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
