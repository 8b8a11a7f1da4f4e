// npx tsx test/bench/shortcut.ts [FILES] [ROUNDS]: an unchanged rescan past unchanged folders against one that looks at
// every file, on a warm local disk, where asking costs least.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { openService } from '../../src/service/service.ts';
import { loadSettings } from '../../src/base/config/settings.ts';
import { folderSettledMs } from '../../src/library/scan/walk/known-folders.ts';
import type { ScanSummary } from '../../src/library/scan/scan-summary.ts';
import { makeTree } from './make-tree.ts';

const fileCount = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 9);
const limit = 0.5;
const root = makeTree(fileCount);
const folder = mkdtempSync(join(tmpdir(), 'mediashelf-bench-'));
const configPath = join(folder, 'watch_media_dirs.yml');
writeFileSync(
  configPath,
  `version: 2\ncategories: [{key: all, label: All, default: true, media_type: image, root_path: "${root}", include_patterns: ["**/*.jpg"]}]\n`,
);
const environment = { DATA_DIR: folder, LOG_DIR: folder, MEDIA_CONFIG: configPath, SCAN_SHORTCUT: 'on' };
const app = await openService(loadSettings(environment, folder), pino({ level: 'silent' }));
try {
  await scan({});
  await app.prober.close();
  await app.searchIndexer.drain();
  await sleep(folderSettledMs);
  await scan({ full: true }); // the first scan left the root's marker behind
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const full = await time({ full: true });
    const short = await time({});
    ratios.push(short / full);
    console.log(`full ${full.toFixed(0)} ms, past unchanged folders ${short.toFixed(0)} ms`);
  }
  const ratio = ratios.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
  console.log(`past unchanged folders / full: ${ratio.toFixed(2)} (at most ${limit})`);
  if (ratio > limit) process.exitCode = 1;
} finally {
  await app.close(0);
  rmSync(folder, { recursive: true });
}

async function time(request: { full?: boolean }): Promise<number> {
  const startedAt = performance.now();
  const { unchanged } = await scan(request);
  if (unchanged !== fileCount) throw new Error(`${unchanged} unchanged instead of ${fileCount}`);
  return performance.now() - startedAt;
}

async function scan(request: { full?: boolean }) {
  const { id } = await app.scanner.start(request);
  const { result } = await app.jobs.waitFor(id);
  return (result as unknown as ScanSummary).categories[0]!;
}
