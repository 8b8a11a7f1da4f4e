// How long a walk through the pool takes, with its entries decoded on the main thread, against `find` on the same tree.
// Run: npx tsx test/bench/walk.ts [folder for the tree, default: the temporary folder]
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWalk } from '../../src/library/scan/walk/walk-category.ts';
import { createWorkerPool } from '../../src/library/workers/worker-pool.ts';

const rounds = 9;
const limit = 2;
const root = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'walk-bench-'));
const pool = createWorkerPool();
try {
  growTree();
  const walkMs: number[] = [];
  const findMs: number[] = [];
  await timed(walk);
  for (let round = 0; round < rounds; round++) {
    findMs.push(await timed(find));
    walkMs.push(await timed(walk));
  }
  const ratio = median(walkMs) / median(findMs);
  const residentMb = Math.round(process.memoryUsage.rss() / 2 ** 20);
  console.log(
    `walk ${median(walkMs).toFixed(0)} ms / find ${median(findMs).toFixed(0)} ms = ${ratio.toFixed(2)} ` +
      `(limit ${limit}); resident ${residentMb} MB`,
  );
  process.exitCode = ratio <= limit ? 0 : 1;
} finally {
  await pool.close();
  rmSync(root, { recursive: true });
}

/** 100,000 files of one byte in 2,000 folders, with names as long as real ones. */
function growTree(): void {
  for (let index = 0; index < 2_000; index++) {
    const folder = join(root, `Series ${Math.floor(index / 50)}`, `Season ${index % 50}`);
    mkdirSync(folder, { recursive: true });
    for (let episode = 0; episode < 50; episode++) {
      writeFileSync(join(folder, `series.s${index % 50}e${episode}.some-title.mp4`), 'x');
    }
  }
}

async function walk(): Promise<void> {
  const { batches, summary } = startWalk({
    pool,
    rootPath: root,
    includePatterns: ['**/*.mp4', '**/*.mkv', '**/*.avi'],
    excludePatterns: ['**/.DS_Store', '**/*.nfo'],
    signal: new AbortController().signal,
  });
  let bytes = 0;
  for await (const { files } of batches) for (const file of files) bytes += file.sizeBytes;
  const { filesFound } = await summary;
  if (filesFound !== 100_000 || bytes !== filesFound) throw new Error(`found ${filesFound} files of ${bytes} bytes`);
}

/** Into a file, as it would be used: a pipe to this process would be timed with it. */
function find(): void {
  execFileSync('sh', ['-c', `find "$0" -type f -printf '%s %T@ %p\\n' > "$0.list"; rm "$0.list"`, root]);
}

async function timed(run: () => void | Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
