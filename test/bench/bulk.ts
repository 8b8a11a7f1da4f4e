// npx tsx test/bench/bulk.ts: a job that changes many items (ROWS, 100 000) against a plain UPDATE of the same rows in batches, and the
// first page of a list meanwhile against the same page of an idle service; on SQLite and on PostgreSQL, or on PROVIDER
// alone.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { loadSettings } from '../../src/base/config/settings.ts';
import { raw, sql } from '../../src/base/database/sql.ts';
import { openService, type Service } from '../../src/service/service.ts';
import { catalogueFiles, categoryOf } from '../support/catalogued-files.ts';
import { startPostgresql } from '../support/start-postgresql.ts';

const rows = Number(process.env['ROWS'] ?? 100_000);
const rounds = Number(process.env['ROUNDS'] ?? 3);
const wanted = process.env['PROVIDER'];
const batchSize = 250;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });
const work = mkdtempSync(join(tmpdir(), 'mediashelf-bench-'));
const page =
  '{ media(first: 50) { pageInfo { endCursor } edges { cursor node { id title filename status sizeBytes streamUrl } } } }';

const postgresql = await startPostgresql();
try {
  if (wanted !== 'PostgreSQL') await measure('SQLite', {});
  if (wanted !== 'SQLite') await measure('PostgreSQL', { DATABASE_URL: postgresql.urlOf('postgres') });
} finally {
  await postgresql.stop();
  agent.destroy();
  rmSync(work, { recursive: true });
}

async function measure(provider: string, environment: Record<string, string>): Promise<void> {
  const app = await openCatalogue(provider, environment);
  const url = `${await app.http.listen('127.0.0.1', 0)}/graphql`;
  const rates: number[] = [];
  const waits: number[] = [];
  await latencies(url, 200);
  for (let round = 1; round <= rounds; round++) {
    const plain = await perSecond(() => updatePlainly(app, 1 + (round % 5)));
    const bulk = await perSecond(() => updateByJob(app, 1 + ((round + 1) % 5)));
    rates.push(bulk / plain);
    const idle = p99(await latencies(url, 400));
    const job = updateByJob(app, 1 + ((round + 2) % 5)).then(() => (isDone = true));
    let isDone = false;
    const times: number[] = [];
    while (!isDone) times.push(...(await latencies(url, 5)));
    await job;
    waits.push(p99(times) / idle);
    console.log(
      `${provider}: plain ${plain.toFixed(0)} rows/s, job ${bulk.toFixed(0)} rows/s; p99 idle ${idle.toFixed(1)} ms, meanwhile ${p99(times).toFixed(1)} ms of ${times.length}`,
    );
  }
  report(`${provider}: rows a second by a job / by plain UPDATEs`, median(rates), 0.5, 'at least');
  report(`${provider}: p99 of media(first: 50) meanwhile / idle`, median(waits), 2, 'at most');
  await app.close(0);
}

async function openCatalogue(provider: string, environment: Record<string, string>): Promise<Service> {
  const configPath = join(work, 'media.yml');
  writeFileSync(
    configPath,
    'version: 2\ncategories: [{key: photos, label: Photos, default: true, media_type: image, root_path: /srv/photos}]\n',
  );
  const folder = join(work, provider);
  const paths = { DATA_DIR: folder, LOG_DIR: folder, MEDIA_CONFIG: configPath };
  const settings = loadSettings({ ...paths, PRESSURE: 'off', ...environment }, work);
  const app = await openService(settings, pino({ level: 'silent' }));
  const photos = categoryOf({ key: 'photos', isDefault: true });
  for (let start = 0; start < rows; start += 1000) {
    const files = Array.from({ length: Math.min(1000, rows - start) }, (_, index) => ({
      relativePath: `album ${(start + index) % 999}/picture ${start + index}.jpg`,
      modifiedAtMs: 1.6e12 + start + index,
    }));
    await catalogueFiles(app.database, photos, files);
  }
  await app.searchIndexer.drain();
  if (app.database.provider === 'postgresql') await app.database.write(sql`ANALYZE`);
  return app;
}

/** What a program would do that knows the ids. */
async function updatePlainly({ database }: Service, rating: number): Promise<void> {
  const now = raw(database.provider === 'sqlite' ? String(Date.now()) : 'CURRENT_TIMESTAMP(3)');
  for (let start = 0; start < rows; start += batchSize) {
    await database.write(sql`
      UPDATE media_items SET rating = ${rating}, favourite = true, updated_at = ${now}
      WHERE id > ${start} AND id <= ${start + batchSize}`);
    await setImmediate();
  }
}

async function updateByJob({ bulk, jobs }: Service, rating: number): Promise<void> {
  const { result } = await jobs.waitFor(await bulk.update({ filter: {} }, { rating, favourite: true }, {}));
  if (result?.changed !== rows) throw new Error(`the job changed ${result?.changed} rows of ${rows}`);
}

async function perSecond(act: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return rows / ((performance.now() - startedAt) / 1000);
}

async function latencies(url: string, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const startedAt = performance.now();
    await ask(url);
    times.push(performance.now() - startedAt);
  }
  return times;
}

function ask(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const outgoing = request(url, { method: 'POST', agent, headers }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      incoming.on('end', () => (text.includes('"errors"') ? reject(new Error(text)) : resolve(text)));
    });
    outgoing.on('error', reject).end(JSON.stringify({ query: page }));
  });
}

function report(what: string, value: number, limit: number, kind: 'at least' | 'at most'): void {
  const isMet = kind === 'at least' ? value >= limit : value <= limit;
  console.log(`${what}: ${value.toFixed(2)} (${kind} ${limit}) ${isMet ? 'ok' : 'OVER'}`);
}

function p99(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
