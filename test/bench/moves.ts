// npx tsx test/bench/moves.ts [FILES] [ROUNDS]: what finding moves costs, in a first scan (with and without it) and in a
// rescan after a tenth of the files moved in a folder (against an unchanged rescan).
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openService, type Service } from '../../src/service/service.ts';
import { loadSettings } from '../../src/base/config/settings.ts';
import { storeProbes } from '../../src/library/metadata/sql/probes.ts';
import { identifyInPool } from '../../src/library/scan/plan/fingerprints-ahead.ts';
import type { ScanSummary } from '../../src/library/scan/scan-summary.ts';
import { createWorkerPool } from '../../src/library/workers/worker-pool.ts';
import { makeTree } from './make-tree.ts';

const fileCount = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 3);
const root = makeTree(fileCount);
const work = mkdtempSync(join(tmpdir(), 'mediashelf-bench-'));
const firstScans: number[] = [];
const withFingerprints: number[] = [];
const rescans: number[] = [];

for (let round = 0; round < rounds; round++) {
  const without = await measure(`${round}-off`, 'off', firstScan);
  const withMoves = await measure(`${round}-on`, 'first-sight', async (app) => {
    const first = await firstScan(app);
    return { ...first, ...(await moveAndRescan(app)) };
  });
  firstScans.push(withMoves.scanMs / without.scanMs);
  withFingerprints.push((withMoves.scanMs + withMoves.fingerprintsMs) / without.scanMs);
  rescans.push(withMoves.movedMs / withMoves.unchangedMs);
  console.log(
    JSON.stringify({ without, withMoves }, (_, value: unknown) =>
      typeof value === 'number' ? Math.round(value) : value,
    ),
  );
}
rmSync(work, { recursive: true });
report('first scan with / without finding moves', firstScans, 1.5);
report('the same, with all fingerprints taken before it counts as done', withFingerprints, 1.5);
report('rescan after moving a tenth / unchanged rescan', rescans, 1.5);

async function measure<T>(name: string, fingerprints: string, act: (app: Service) => Promise<T>): Promise<T> {
  const folder = join(work, name);
  mkdirSync(folder);
  const configPath = join(folder, 'watch_media_dirs.yml');
  writeFileSync(
    configPath,
    `version: 2\ncategories: [{key: all, label: All, default: true, media_type: image, root_path: "${root}", include_patterns: ["**/*.jpg"]}]\n`,
  );
  const environment = { DATA_DIR: folder, LOG_DIR: folder, MEDIA_CONFIG: configPath, FINGERPRINTS: fingerprints };
  const app = await openService(loadSettings(environment, folder), pino({ level: 'silent' }));
  try {
    await app.scanner.start({ limit: 50, dryRun: true }).then(({ id }) => app.jobs.waitFor(id)); // starts a worker
    return await act(app);
  } finally {
    await app.close(0);
  }
}

/** The scan, and then the fingerprints of all its files, which the service takes behind it together with the headers. */
async function firstScan(app: Service): Promise<{ scanMs: number; fingerprintsMs: number }> {
  const scanMs = await time(() => scan(app, { added: fileCount, moved: 0, missing: 0 }));
  await app.prober.close();
  await app.searchIndexer.drain();
  const items = await app.database.prisma.mediaItem.findMany({
    select: { id: true, relativePath: true, signature: true },
  });
  const files = items.map(({ relativePath }) => ({ rootPath: root, path: relativePath }));
  const pool = createWorkerPool();
  let fingerprints: (string | null)[] = [];
  await identifyInPool(pool, files.slice(0, 2000), 'fingerprint', new AbortController().signal); // starts the workers
  const fingerprintsMs = await time(async () => {
    fingerprints = await identifyInPool(pool, files, 'fingerprint', new AbortController().signal);
  });
  await pool.close();
  const facts = { width: null, height: null, durationSeconds: null, technicalMetadata: null };
  for (let start = 0; start < items.length; start += 400) {
    const rows = items.slice(start, start + 400);
    const probes = rows.map(({ id, signature }, index) => ({
      ...facts,
      id,
      signature,
      fingerprint: fingerprints[start + index] ?? null,
    }));
    await storeProbes(app.database, probes, new Date());
  }
  return { scanMs, fingerprintsMs };
}

async function moveAndRescan(app: Service): Promise<{ unchangedMs: number; movedMs: number }> {
  const unchanged: number[] = [];
  const moved: number[] = [];
  const parts = readdirSync(root)
    .filter((name) => name.startsWith('part '))
    .slice(0, 4);
  mkdirSync(join(root, 'moved'));
  const moves = [
    () => parts.forEach((part) => renameSync(join(root, part), join(root, 'moved', part))),
    () => parts.forEach((part) => renameSync(join(root, 'moved', part), join(root, part))),
  ];
  for (const move of [...moves, ...moves]) {
    unchanged.push(await time(() => scan(app, { added: 0, moved: 0, missing: 0 })));
    move();
    moved.push(await time(() => scan(app, { added: 0, moved: fileCount / 10, missing: 0 })));
  }
  rmSync(join(root, 'moved'), { recursive: true });
  return { unchangedMs: Math.min(...unchanged), movedMs: Math.min(...moved) };
}

async function scan(app: Service, expected: { added: number; moved: number; missing: number }): Promise<void> {
  const { id } = await app.scanner.start({});
  const { result, failure } = await app.jobs.waitFor(id);
  const [found] = (result as unknown as ScanSummary | null)?.categories ?? [];
  for (const [what, count] of Object.entries(expected)) {
    const actual = found?.[what as keyof typeof expected];
    if (actual !== count) throw new Error(`${what}: ${actual} instead of ${count}; ${failure} ${found?.notes.join()}`);
  }
}

async function time(act: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}

function report(what: string, ratios: number[], limit: number): void {
  const value = [...ratios].sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN;
  console.log(`${what}: ${value.toFixed(2)} (at most ${limit}) ${value <= limit ? 'ok' : 'OVER'}`);
}
