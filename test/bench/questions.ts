// `npx tsx test/bench/questions.ts [ROWS] [postgresql]` sends the documents of "Twelve questions that a gallery asks" in
// docs/graphql.md to a catalogue of a million made-up items (or ROWS), and prints each time as a ratio to the first screen
// of ten thousand in the same run. On SQLite, or on a PostgreSQL of its own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { Client } from 'pg';
import { pino } from 'pino';
import { loadSettings } from '../../src/base/config/settings.ts';
import { dialectOf, sql, timestampOf } from '../../src/base/database/sql.ts';
import { encodePublicId } from '../../src/base/public-id.ts';
import { openService, type Service } from '../../src/service/service.ts';
import { blocksOf, readDocument } from '../docs/read-documents.ts';
import { catalogueFiles, categoryOf } from '../support/catalogued-files.ts';
import { startPostgresql, type PostgresqlServer } from '../support/start-postgresql.ts';

const rows = Number(process.argv[2] ?? 1_000_000);
const server = process.argv[3] === 'postgresql' ? await startPostgresql() : null;
const work = mkdtempSync(join(tmpdir(), 'questions-'));
const headers = { 'content-type': 'application/json' };
const rounds = 5;
const requests = 10;
const warming = 50;

/** At most so many times the first screen of ten thousand; 3 for what is not named. */
const limits: Record<string, number> = { LandInMarch: 5, WhereIs: 5, FacetsOfSearch: 10 };

const photos = categoryOf({ key: 'photos', isDefault: true });
const series = categoryOf({
  key: 'tv_series',
  mediaType: 'VIDEO',
  storageFormat: 'SERIES',
  hierarchyLevels: ['series', 'season', 'episode'].map((name) => ({ name, key: name })),
});

const documents = readQuestions();
const firstScreen = documents.get('FirstScreen') ?? '';

try {
  const small = await openCatalogue(10_000);
  const large = await openCatalogue(rows);
  const variables = {
    search: 'boat 777',
    tags: ['found'],
    seed: 7,
    category: series.key,
    series: await keyOfSeries(large),
    id: encodePublicId('MediaItem', Math.floor(rows / 2)),
  };
  for (const [name, query] of documents) {
    const ratios: number[] = [];
    // What changes items is asked once a round, and is done before the next one.
    const isChange = query.startsWith('mutation');
    // The first screen is asked hundreds of times, so its code is compiled: that of the others too, before they are timed.
    if (!isChange) await latency(large, { query, variables }, warming);
    for (let round = 0; round < rounds; round++) {
      const fast = await latency(small, { query: firstScreen }, requests);
      ratios.push((await latency(large, { query, variables }, isChange ? 1 : requests)) / fast);
      if (isChange) await large.idle();
    }
    const ratio = median(ratios);
    const limit = limits[name] ?? 3;
    const verdict = ratio <= limit ? 'ok' : 'OVER';
    // A change ends when its job is stored for good, which is a matter of the disk.
    const judged = isChange ? '(no limit)' : `(at most ${limit}) ${verdict}`;
    console.log(`${rows} rows ${name} / first screen of 10 000: ${ratio.toFixed(2)} ${judged}`);
  }
  await Promise.all([small.close(), large.close()]);
} finally {
  await server?.stop();
  rmSync(work, { recursive: true, force: true });
}

/** The documents of the section, by the names of their operations. */
function readQuestions(): Map<string, string> {
  const { path, text } = readDocument('docs/graphql.md');
  const [, section = ''] = /^## Twelve questions that a gallery asks$(.*?)^## /ms.exec(text) ?? [];
  const found = blocksOf({ path, text: section }, 'graphql').map((query): [string, string] => {
    const [operation] = parse(query).definitions;
    return [operation && 'name' in operation ? (operation.name?.value ?? '') : '', query.trim()];
  });
  if (found.length === 0) throw new Error(`${path} has no section with the questions.`);
  return new Map(found);
}

interface Catalogue {
  url: string;
  /** Waits for the jobs that were started. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Four of five are photos in albums, the others episodes of some thousand series. */
async function openCatalogue(count: number): Promise<Catalogue> {
  const folder = join(work, String(count));
  const config = join(work, `${count}.yml`);
  writeFileSync(
    config,
    `version: 2
categories:
  - {key: photos, label: Photos, default: true, media_type: image, root_path: /srv/photos}
  - key: tv_series
    label: Series
    storage_format: series
    root_path: /srv/tv_series
    hierarchy: {levels: [{name: series, key: series}, {name: season, key: season}, {name: episode, key: episode}]}
`,
  );
  const database = server && { DATABASE_URL: await createDatabase(server, `rows_${count}`) };
  const settings = loadSettings(
    { DATA_DIR: folder, LOG_DIR: folder, MEDIA_CONFIG: config, PRESSURE: 'off', ...database },
    work,
  );
  const service = await openService(settings, pino({ level: 'silent' }));
  for (let start = 0; start < count; start += 1_000) {
    const numbers = Array.from({ length: 1_000 }, (_, index) => start + index);
    const isSeries = (start / 1_000) % 5 === 4;
    await catalogueFiles(service.database, isSeries ? series : photos, numbers.map(isSeries ? episodeOf : photoOf));
  }
  await sayOfItems(service);
  // What autovacuum does within a minute.
  if (server !== null) await service.database.write(sql`ANALYZE`);
  await service.searchIndexer.drain();
  await service.duplicates.drain();
  const address = await service.http.listen('127.0.0.1', 0);
  return {
    url: `${address}/graphql`,
    async idle() {
      const statuses = ['QUEUED', 'RUNNING'];
      while ((await service.database.prisma.job.count({ where: { status: { in: statuses } } })) > 0) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    close: () => service.close(0),
  };
}

function mix(number: number): number {
  return (number * 2_654_435_761) % 2 ** 32;
}

function photoOf(number: number) {
  const mixed = mix(number);
  const relativePath = `album ${mixed % 999}/${number % 9 === 0 ? 'boat' : 'picture'} ${number}.jpg`;
  return { relativePath, sizeBytes: 1 + (mixed % 1_000_003), modifiedAtMs: 1.6e12 + (mixed % 2 ** 31) };
}

function episodeOf(number: number) {
  const [show, season, episode] = [Math.floor(number / 5) % 1009, number % 5, number];
  const relativePath = `Show ${show}/Season ${season + 1}/Show ${show} - S0${season + 1}E${episode}.mkv`;
  return { relativePath, sizeBytes: 1 + (mix(number) % 1e9), modifiedAtMs: 1.5e12 + (mix(number) % 2 ** 31) };
}

/** Two of three have a time of capture within twenty years; half are hashed, and three of ten of these are copies. */
async function sayOfItems({ database }: Service): Promise<void> {
  const day = sql`CAST(id AS BIGINT) * 7919 % 7300`;
  const from = timestampOf(dialectOf(database), new Date('2004-01-01T00:00:00Z'));
  const shifted =
    database.provider === 'sqlite' ? sql`${from} + (${day}) * 86400000` : sql`${from} + (${day}) * interval '1 day'`;
  await database.write(
    sql`UPDATE media_items SET captured_at = ${shifted}, captured_source = 'EXIF' WHERE id % 3 <> 0`,
  );
  const hash = (number: ReturnType<typeof sql>) =>
    database.provider === 'sqlite'
      ? sql`printf('%064x', ${number})`
      : sql`lpad(to_hex(CAST(${number} AS BIGINT)), 64, '0')`;
  await database.write(sql`
    UPDATE media_items SET sha256 = ${hash(sql`CASE WHEN id % 10 < 3 THEN id / 20 ELSE id + 1000000000 END`)},
      size_bytes = CASE WHEN id % 10 < 3 THEN (id / 20) % 90001 + 1 ELSE size_bytes END
    WHERE id % 20 < 10`);
}

async function createDatabase(on: PostgresqlServer, name: string): Promise<string> {
  const client = new Client({ connectionString: on.urlOf('postgres') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return on.urlOf(name);
}

async function keyOfSeries(catalogue: Catalogue): Promise<string> {
  const query = documents.get('Series') ?? '';
  const answer = await ask(catalogue, { query, variables: { category: series.key } });
  return (JSON.parse(answer) as { data: { groups: { edges: { node: { key: string } }[] } } }).data.groups.edges[7]?.node
    .key as string;
}

async function latency(catalogue: Catalogue, body: object, count: number): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const startedAt = performance.now();
    await ask(catalogue, body);
    times.push(performance.now() - startedAt);
  }
  return median(times);
}

async function ask({ url }: Catalogue, body: object): Promise<string> {
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok || text.includes('"errors"') || text.includes('Error"')) throw new Error(text);
  return text;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
