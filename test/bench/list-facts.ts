// `npx tsx test/bench/list-facts.ts [ROWS] [postgresql]` orders and filters a million items (or ROWS) by what was read of the files
// and their names, against the first page of ten thousand in the same run; limit 3. On SQLite, or on a PostgreSQL of its own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { loadSettings } from '../../src/base/config/settings.ts';
import { sql, timestampOf, dialectOf } from '../../src/base/database/sql.ts';
import { openService, type Service } from '../../src/service/service.ts';
import { catalogueFiles, categoryOf } from '../support/catalogued-files.ts';
import { startPostgresql, type PostgresqlServer } from '../support/start-postgresql.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const server = process.argv[3] === 'postgresql' ? await startPostgresql() : null;
const work = mkdtempSync(join(tmpdir(), 'list-facts-'));
const headers = { 'content-type': 'application/json' };
const rounds = 5;
const requests = 20;
const page = (args: string) => `{ media(${args}) { edges { node { id title capturedAt seasonNumber } } } }`;
const reference = page('first: 50, orderBy: { field: MODIFIED_AT, direction: DESC }');
const range = 'filter: { capturedAt: { gte: "2021-03-01T00:00:00Z", lt: "2021-03-02T00:00:00Z" } }';

try {
  const small = await openCatalogue(10_000);
  const large = await openCatalogue(rows);
  for (const [what, args] of [
    ['ordered by time of capture', 'first: 50, orderBy: { field: CAPTURED_AT, direction: DESC }'],
    ['the oldest by time of capture', 'first: 50, orderBy: { field: CAPTURED_AT, direction: ASC }'],
    ['of one day, ordered by time of capture', `first: 50, ${range}, orderBy: { field: CAPTURED_AT, direction: ASC }`],
    ['of one day, ordered by title', `first: 50, ${range}, orderBy: { field: TITLE }`],
    ['ordered by duration', 'first: 50, orderBy: { field: DURATION, direction: DESC }'],
    ['ordered by the titles of tags', 'first: 50, orderBy: { field: TITLE }'],
    ['search in the titles of tags', 'first: 50, filter: { search: "777 of tags" }'],
  ] as const) {
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const fast = await latency(small, reference);
      ratios.push((await latency(large, page(args))) / fast);
    }
    const ratio = median(ratios);
    const verdict = ratio <= 3 ? 'ok' : 'OVER';
    console.log(`${rows} rows ${what} / first page of 10 000: ${ratio.toFixed(2)} (at most 3) ${verdict}`);
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
      const mixed = ((start + index) * 2_654_435_761) % 2 ** 32;
      return {
        relativePath: `album ${mixed % 999}/picture ${start + index} of tags.jpg`,
        sizeBytes: mixed % 1_000_003,
        modifiedAtMs: 1.6e12 + (mixed % 2 ** 31),
      };
    });
    await catalogueFiles(service.database, photos, files);
  }
  await giveFacts(service);
  await service.searchIndexer.drain();
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

/** Two of three have a time of capture, spread over three years, and a duration. */
async function giveFacts({ database }: Service): Promise<void> {
  const day = sql`CAST(id AS BIGINT) * 7919 % 1096`;
  const from = timestampOf(dialectOf(database), new Date('2020-01-01T00:00:00Z'));
  const shifted =
    database.provider === 'sqlite' ? sql`${from} + (${day}) * 86400000` : sql`${from} + (${day}) * interval '1 day'`;
  await database.write(sql`
    UPDATE media_items SET captured_at = ${shifted}, captured_source = 'EXIF', duration_seconds = id % 5000 + 0.5
    WHERE id % 3 <> 0`);
}

async function latency({ url }: { url: string }, query: string): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < requests; index++) {
    const startedAt = performance.now();
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const text = await answer.text();
    times.push(performance.now() - startedAt);
    if (!answer.ok || text.includes('"errors"')) throw new Error(text);
  }
  return median(times);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
