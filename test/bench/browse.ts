// `npx tsx test/bench/browse.ts [ROWS] [postgresql]` filters, counts and lists folders of a million items (or ROWS), against the first page
// of ten thousand in the same run: filters and folders at most 3 times, facets at most 10. On SQLite, or on a PostgreSQL of its own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { pino } from 'pino';
import { loadSettings } from '../../src/base/config/settings.ts';
import { sql } from '../../src/base/database/sql.ts';
import { openService, type Service } from '../../src/service/service.ts';
import { catalogueFiles, categoryOf } from '../support/catalogued-files.ts';
import { startPostgresql, type PostgresqlServer } from '../support/start-postgresql.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const server = process.argv[3] === 'postgresql' ? await startPostgresql() : null;
const work = mkdtempSync(join(tmpdir(), 'browse-'));
const headers = { 'content-type': 'application/json' };
const rounds = 5;
const requests = 20;
const page = (filter: string, order = '{ field: CAPTURED_AT, direction: DESC }') =>
  `{ media(first: 50, filter: { ${filter} }, orderBy: ${order}) { edges { node { id title } } } }`;
const reference = page('');
const folders = (path: string, fields = '') =>
  `{ folders(category: "photos", path: "${path}", first: 50) { edges { node { name itemCount sizeBytes ${fields} } } } }`;
const facets = (filter: string) =>
  `{ mediaFacets(filter: { ${filter} }) { ${[
    'categories',
    'statuses',
    'extensions',
    'years',
    'codecs',
    'resolutions',
    'tags',
    'favourites',
    'ratings',
    'cameras',
  ]
    .map((name) => `${name} { value count }`)
    .join(' ')} } }`;

try {
  const small = await openCatalogue(10_000);
  const large = await openCatalogue(rows);
  for (const [what, query, limit] of [
    ['a common ending', page('extensions: "jpg"'), 3],
    ['a rare ending', page('extensions: "cr2"'), 3],
    ['a folder of a hundredth', page('folder: { category: "photos", path: "year 7" }'), 3],
    ['the same by path', page('folder: { category: "photos", path: "year 7" }', '{ field: PATH }'), 3],
    ['a small folder', page('folder: { category: "photos", path: "year 7/album 7" }'), 3],
    ['a folder itself', page('folder: { category: "photos", path: "year 7", recursive: false }'), 3],
    ['common widths', page('width: { gte: 500 }'), 3],
    ['rare heights', page('height: { gte: 9000 }'), 3],
    ['squares, which are rare', page('orientation: SQUARE'), 3],
    ['a common resolution', page('resolutions: UHD_4K'), 3],
    ['a common codec', page('codecs: "AVC"'), 3],
    ['a rare codec', page('codecs: "VP9"'), 3],
    ['a common camera', page('camera: { model: "EOS R6" }'), 3],
    ['a rare camera', page('camera: { model: "Leica" }'), 3],
    ['durations', page('durationSeconds: { gte: 10 }'), 3],
    ['sizes, by title', page('sizeBytes: { gte: 10 }', '{ field: TITLE }'), 3],
    ['duplicates', page('hasDuplicate: true'), 3],
    ['none deleted', page('statuses: [DELETED], deletedAt: { gte: "2020-01-01T00:00:00Z" }'), 3],
    ['folders of the root', folders(''), 3],
    ['folders of a folder', folders('year 7'), 3],
    ['folders with covers', folders('year 7', 'covers(first: 1) { id }'), 3],
    ['facets', facets(''), 10],
    ['facets of few', facets('extensions: "cr2"'), 10],
    ['facets of many', facets('width: { gte: 500 }'), 10],
  ] as const) {
    const firstMs = await once(large, query);
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const fast = await latency(small, reference);
      ratios.push((await latency(large, query)) / fast);
    }
    const ratio = median(ratios);
    const verdict = ratio <= limit ? 'ok' : 'OVER';
    console.log(
      `${rows} rows ${what} / first page of 10 000: ${ratio.toFixed(2)} (at most ${limit}) ${verdict}; the first time ${firstMs.toFixed(0)} ms`,
    );
  }
  await Promise.all([small.close(), large.close()]);
} finally {
  await server?.stop();
  rmSync(work, { recursive: true, force: true });
}

async function openCatalogue(count: number): Promise<{ url: string; close(): Promise<void> }> {
  const folder = join(work, String(count));
  const config = join(work, `${count}.yml`);
  writeFileSync(
    config,
    'version: 2\ncategories: [{key: photos, label: Photos, default: true, media_type: image, root_path: /srv/photos}]\n',
  );
  const database = server && { DATABASE_URL: await createDatabase(server, `rows_${count}`) };
  const settings = loadSettings({ DATA_DIR: folder, LOG_DIR: folder, MEDIA_CONFIG: config, ...database }, work);
  const service = await openService(settings, pino({ level: 'silent' }));
  const photos = categoryOf({ key: 'photos', isDefault: true });
  for (let start = 0; start < count; start += 1_000) {
    const files = Array.from({ length: 1_000 }, (_, index) => {
      const number = start + index;
      const mixed = (number * 2_654_435_761) % 2 ** 32;
      const ending = number % 2_000 === 0 ? 'cr2' : 'jpg';
      return {
        relativePath: `year ${number % 100}/album ${Math.floor(number / 100) % 99}/picture ${number}.${ending}`,
        sizeBytes: mixed % 1_000_003,
        modifiedAtMs: 1.6e12 + (mixed % 2 ** 31),
      };
    });
    await catalogueFiles(service.database, photos, files);
  }
  await giveFacts(service);
  // What autovacuum does within a minute.
  if (server !== null) await service.database.write(sql`ANALYZE`);
  await service.searchIndexer.drain();
  await service.folderCounter.drain();
  const address = await service.http.listen('127.0.0.1', 0);
  return { url: `${address}/graphql`, close: () => service.close(0) };
}

async function createDatabase(on: PostgresqlServer, name: string): Promise<string> {
  const client = new Client({ connectionString: on.urlOf('postgres') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return on.urlOf(name);
}

/** What most items have, and what one of two thousand has. */
async function giveFacts({ database }: Service): Promise<void> {
  const json = (text: string) => (database.provider === 'sqlite' ? sql`${text}` : sql`${text}::jsonb`);
  const rare = sql`id % 2000 = 7`;
  await database.write(sql`
    UPDATE media_items SET
      width = CASE WHEN ${rare} THEN 9001 ELSE 600 + id % 7 * 700 END,
      height = CASE WHEN ${rare} THEN 9001 ELSE 500 + id % 5 * 700 + 3 END,
      duration_seconds = id % 5000 + 0.5,
      technical_metadata = CASE WHEN ${rare} THEN ${json('{"video":[{"codec":"VP9"}]}')} ELSE ${json('{"video":[{"codec":"AVC"}],"audio":[{"codec":"AAC"}]}')} END,
      facts = CASE WHEN ${rare} THEN ${json('{"camera":{"model":"Leica"}}')} ELSE ${json('{"camera":{"model":"EOS R6"}}')} END`);
  const hash = database.provider === 'sqlite' ? sql`printf('%064d', id / 2)` : sql`lpad((id / 2)::text, 64, '0')`;
  await database.write(sql`UPDATE media_items SET sha256 = ${hash} WHERE id <= 1000`);
  await database.write(sql`UPDATE media_items SET favourite = true, rating = 4 WHERE id % 1000 = 1`);
}

async function once({ url }: { url: string }, query: string): Promise<number> {
  const startedAt = performance.now();
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const text = await answer.text();
  // A machine that is busy with something else has it refuse work.
  if (text.includes('SERVICE_BUSY')) {
    await setTimeout(1000);
    return once({ url }, query);
  }
  if (!answer.ok || text.includes('"errors"')) throw new Error(text);
  return performance.now() - startedAt;
}

async function latency(service: { url: string }, query: string): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < requests; index++) times.push(await once(service, query));
  return median(times);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
