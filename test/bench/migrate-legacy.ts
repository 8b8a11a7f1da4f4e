// Stage 1 of the legacy migration, 100,000 models and 300,000 tag links without pictures, against a plain copy of the same
// rows by better-sqlite3 into the same tables (limit: 5 times as long), and its memory over idle (limit: 250 MB).
//   npx tsx test/bench/migrate-legacy.ts [ROUNDS] [MODELS]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { openDatabase } from '../../src/base/database/open-database.ts';
import { createJobs } from '../../src/library/jobs/jobs.ts';
import { createLegacyMigration } from '../../src/library/legacy/migrate.ts';
import { createWorkerPool } from '../../src/library/workers/worker-pool.ts';
import { extraWith, sha256Of, writeLegacyDatabase } from '../support/legacy-library.ts';

const rounds = Number(process.argv[2] ?? 5);
const modelCount = Number(process.argv[3] ?? 100_000);
const tagCount = 500;
const ignore = (): void => undefined;
const folder = await mkdtemp(join(tmpdir(), 'bench-migrate-'));
const legacyDbPath = join(folder, 'hikaze_mm.sqlite3');

try {
  writeLegacyDatabase(legacyDbPath, {
    tags: Array.from({ length: tagCount }, (_, n) => [n + 1, `tag ${n}`] as const),
    models: Array.from({ length: modelCount }, (_, n) => ({
      id: n + 1,
      path: String.raw`D:\ComfyUI\models\loras` + `\\folder ${n % 100}\\model ${n}.safetensors`,
      name: `Model ${n}`,
      hash_hex: n % 4 === 0 ? '' : sha256Of(String(n)),
      extra_json: extraWith([], { prompts: { positive: `a picture of ${n}`, negative: 'blurred' } }),
    })),
    modelTags: Array.from({ length: modelCount * 3 }, (_, n) => [Math.floor(n / 3) + 1, (n % tagCount) + 1] as const),
  });
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const copyMs = await copyPlainly(join(folder, `copy-${round}.db`));
    const { ms, peakBytes } = await migrate(join(folder, `catalogue-${round}`));
    ratios.push(ms / copyMs);
    const memory = (peakBytes / 1024 ** 2).toFixed(0);
    process.stdout.write(
      `copy ${copyMs.toFixed(0)} ms, migration ${ms.toFixed(0)} ms, memory over idle ${memory} MB\n`,
    );
    if (peakBytes > 250 * 1024 ** 2) process.stdout.write('MISS memory: at most 250 MB\n');
  }
  const ratio = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? NaN;
  process.stdout.write(`${ratio <= 5 ? 'ok  ' : 'MISS'} ${ratio.toFixed(2)} times a plain copy, at most 5\n`);
} finally {
  await rm(folder, { recursive: true });
}

/** The same rows into the catalogue's own tables, one prepared statement each, in one transaction. */
async function copyPlainly(path: string): Promise<number> {
  await (await openDatabase(`file:${path}`)).close();
  const target = new SqliteDatabase(path);
  target.pragma('synchronous = NORMAL');
  const source = new SqliteDatabase(legacyDbPath, { readonly: true });
  const startedAt = performance.now();
  target.transaction(() => {
    const addTag = target.prepare('INSERT INTO tags (id, name) VALUES (?, ?)');
    for (const { id, name } of source.prepare<[], Tag>('SELECT id, name FROM tags').iterate()) addTag.run(id, name);
    const addModel = target.prepare(`INSERT INTO models
      (sha256, path, legacy_path, name, type, size_bytes, created_at, meta_json, legacy_meta_json, search_text)
      VALUES (@hash_hex, @path, @path, @name, @type, @size_bytes, @created_at, @extra_json, @meta_json, @name)`);
    const addPending = target.prepare(`INSERT INTO pending_import
      (id, path, legacy_path, name, type, size_bytes, created_at, meta_json, legacy_meta_json, search_text, stem)
      VALUES (@id, @path, @path, @name, @type, @size_bytes, @created_at, @extra_json, @meta_json, @name, @name)`);
    for (const row of source.prepare<[], Model>('SELECT * FROM models').iterate()) {
      (row.hash_hex === '' ? addPending : addModel).run(row);
    }
    const addLink = target.prepare('INSERT INTO model_tags (sha256, tag_id) VALUES (?, ?)');
    const addPendingLink = target.prepare('INSERT INTO pending_model_tags (pending_id, tag_id) VALUES (?, ?)');
    const links = source.prepare<[], Link>(
      'SELECT l.model_id, l.tag_id, m.hash_hex FROM model_tags AS l JOIN models AS m ON m.id = l.model_id',
    );
    for (const { model_id: id, tag_id: tagId, hash_hex: hash } of links.iterate()) {
      if (hash === '') addPendingLink.run(id, tagId);
      else addLink.run(hash, tagId);
    }
  })();
  const ms = performance.now() - startedAt;
  source.close();
  target.close();
  return ms;
}

interface Tag {
  id: number;
  name: string;
}

interface Model {
  hash_hex: string;
}

interface Link extends Model {
  model_id: number;
  tag_id: number;
}

function none(): Promise<never> {
  return Promise.reject(new Error('none'));
}

async function migrate(dataDir: string): Promise<{ ms: number; peakBytes: number }> {
  const database = await openDatabase(`file:${join(dataDir, 'catalogue.db')}`);
  const pool = createWorkerPool();
  const jobs = createJobs({ database, log: { info: ignore, warn: ignore, error: ignore } });
  const images = { add: none, keepPending: none, dropPending: none };
  const migration = createLegacyMigration({
    database,
    log: { warn: ignore },
    jobs,
    pool,
    images,
    legacyRoots: { paths: [folder], setting: 'LEGACY_ROOTS' },
    fileRoots: () => ({ paths: [], setting: 'MODEL_ROOTS' }),
    workFolder: join(dataDir, 'legacy'),
  });
  global.gc?.();
  await sleep(500);
  const idleBytes = process.memoryUsage.rss();
  let peakBytes = 0;
  const watch = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss() - idleBytes)), 20);
  const startedAt = performance.now();
  const { id } = await migration.start({ legacyDbPath, pathMappings: [{ from: 'D:/ComfyUI', to: '/srv' }] });
  const { status } = await jobs.waitFor(id);
  const ms = performance.now() - startedAt;
  clearInterval(watch);
  if (status !== 'SUCCEEDED') throw new Error(`it ended as ${status}`);
  await jobs.close({ graceMs: 1000 });
  await pool.close();
  await database.close();
  return { ms, peakBytes };
}
