// npx tsx test/bench/scan.ts [FILES]: scans a tree for the first time and again, against `find` and a plain INSERT of
// the same rows, and watches the event loop and the memory meanwhile.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteDatabase from 'better-sqlite3';
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

interface ScanFigures {
  firstMs: number;
  againMs: number;
  written: number;
  delayP99Ms: number;
  growthMb: number;
}

async function scanTwice(folder: string): Promise<ScanFigures> {
  const script = fileURLToPath(new URL('scan-twice-process.ts', import.meta.url));
  const child = fork(script, [root, folder, String(fileCount)], { execArgv: ['--expose-gc', '--import', 'tsx'] });
  const [figures] = (await once(child, 'message')) as [ScanFigures];
  return figures;
}

function report(what: string, value: number, limit: number): void {
  console.log(`${what}: ${value.toFixed(2)} (at most ${limit}) ${value <= limit ? 'ok' : 'OVER'}`);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
