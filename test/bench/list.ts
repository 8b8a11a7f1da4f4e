// npx tsx test/bench/list.ts: lists over HTTP against the same JSON served from memory, and at a million rows against
// ten thousand.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createSchema, createYoga } from 'graphql-yoga';
import { pino } from 'pino';
import { openService, type Service } from '../../src/service/service.ts';
import { loadSettings } from '../../src/base/config/settings.ts';
import { sql } from '../../src/base/database/sql.ts';
import { catalogueFiles, categoryOf } from '../support/catalogued-files.ts';

const fields =
  'id title filename relativePath mediaType status sizeBytes modifiedAt mimeType width height streamUrl category { key label }';
const page = (args: string) =>
  `{ media(${args}) { pageInfo { hasNextPage endCursor } edges { cursor node { ${fields} } } } }`;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const work = mkdtempSync(join(tmpdir(), 'mediashelf-bench-'));

const small = await openCatalogue(10_000);
const firstPage = page('first: 50, orderBy: { field: MODIFIED_AT, direction: DESC }');
const memory = await serveFromMemory(JSON.parse(await ask(small.url, firstPage)));
const ratios: number[] = [];
for (let round = 0; round < 5; round++) {
  const fromMemory = await requestsPerSecond(memory.url, firstPage.replace(/\(.*?\)/, ''));
  const fromCatalogue = await requestsPerSecond(small.url, firstPage);
  ratios.push(fromCatalogue / fromMemory);
  console.log(`from memory ${fromMemory.toFixed(0)}/s, from the catalogue ${fromCatalogue.toFixed(0)}/s`);
}
report('media(first: 50) / the same JSON from memory', median(ratios), 0.4, 'at least');

const large = await openCatalogue(Number(process.env['ROWS'] ?? 1_000_000));
const filtered = 'filter: { mediaTypes: [IMAGE], statuses: [AVAILABLE] }, orderBy: { field: TITLE, direction: ASC }';
const deep = await cursorAt(large.app, 500_000);
const cases: [string, string, string][] = [
  ['filtered, sorted first page', page(`first: 50, ${filtered}`), page(`first: 50, ${filtered}`)],
  [
    'page at depth 500 000',
    page(`first: 50, after: "${deep}", orderBy: { field: MODIFIED_AT, direction: DESC }`),
    firstPage,
  ],
  ['search for a rare substring', page('first: 50, filter: { search: "e 777777." }'), firstPage],
  ['search for a common substring', page('first: 50, filter: { search: "picture" }'), firstPage],
  ['search for two characters', page('first: 50, filter: { search: "77" }'), firstPage],
  [
    'rare status',
    page('first: 50, filter: { statuses: [MISSING] }, orderBy: { field: SIZE, direction: DESC }'),
    firstPage,
  ],
  [
    'narrow size range, sorted by title',
    page('first: 50, filter: { sizeBytes: { gte: 5000, lte: 5010 } }, orderBy: { field: TITLE }'),
    firstPage,
  ],
  ['words in any order', page('first: 50, filter: { search: "777777 picture" }'), firstPage],
  ['by path', page('first: 50, orderBy: { field: PATH }'), firstPage],
  ['by hierarchy', page('first: 50, orderBy: { field: HIERARCHY, direction: DESC }'), firstPage],
  ['the trash', page('first: 50, filter: { statuses: [DELETED] }, orderBy: { field: DELETED_AT }'), firstPage],
  ['at random', page('first: 50, orderBy: { field: RANDOM, seed: 7 }'), firstPage],
  [
    'at random, one of ten',
    page('first: 50, filter: { rating: { gte: 1 } }, orderBy: { field: RANDOM, seed: 7 }'),
    firstPage,
  ],
  ['two tags that few items share', page('first: 50, filter: { tags: ["common", "other"] }'), firstPage],
  ['favourites, by title', page('first: 50, filter: { favourite: true }, orderBy: { field: TITLE }'), firstPage],
  ['from a title', page('first: 50, orderBy: { field: TITLE, from: "picture 5" }'), firstPage],
  ['from a month', page('first: 50, orderBy: { field: MODIFIED_AT, direction: DESC, from: "2022-03" }'), firstPage],
  ['first page with totalCount', firstPage.replace('edges', 'totalCount edges'), firstPage],
];
for (const [what, query, reference] of cases) {
  const rounds: number[] = [];
  for (let round = 0; round < 5; round++) {
    const fast = await latency(small.url, reference);
    rounds.push((await latency(large.url, query)) / fast);
  }
  report(`a million rows: ${what} / first page of 10 000`, median(rounds), 3, 'at most');
}
const landing: number[] = [];
for (let round = 0; round < 5; round++) {
  const fast = await latency(small.url, firstPage);
  const query = page('first: 50, skip: 10000, orderBy: { field: MODIFIED_AT, direction: DESC }');
  landing.push((await latency(large.url, query)) / fast);
}
report('a million rows: 10 000 items passed over / first page of 10 000', median(landing), 5, 'at most');
await Promise.all([small.close(), large.close(), memory.close()]);
agent.destroy();
rmSync(work, { recursive: true });

async function openCatalogue(rows: number): Promise<{ app: Service; url: string; close(): Promise<void> }> {
  const folder = join(work, String(rows));
  const configPath = join(work, `${rows}.yml`);
  const photos = categoryOf({ key: 'photos', isDefault: true });
  writeFileSync(
    configPath,
    'version: 2\ncategories: [{key: photos, label: Photos, default: true, media_type: image, root_path: /srv/photos}, {key: films, label: Films, root_path: /srv/films}]\n',
  );
  const settings = loadSettings({ DATA_DIR: folder, LOG_DIR: folder, MEDIA_CONFIG: configPath, PRESSURE: 'off' }, work);
  const app = await openService(settings, pino({ level: 'silent' }));
  for (let start = 0; start < rows; start += 1000) {
    const files = Array.from({ length: 1000 }, (_, index) => {
      const mixed = ((start + index) * 2654435761) % 2 ** 32;
      return {
        relativePath: `album ${mixed % 999}/picture ${start + index}.jpg`,
        sizeBytes: mixed % 1_000_003,
        modifiedAtMs: 1.6e12 + (mixed % 2 ** 31),
      };
    });
    await catalogueFiles(app.database, photos, files);
  }
  await catalogueFiles(app.database, { ...photos, key: 'films', mediaType: 'VIDEO' }, [{ relativePath: 'film.mp4' }]);
  await sayOfItems(app, rows);
  await app.searchIndexer.drain();
  const address = await app.http.listen('127.0.0.1', 0);
  return { app, url: `${address}/graphql`, close: () => app.close(0) };
}

/** One item of ten is rated, of a hundred deleted, of a thousand a favourite; of two common tags few have both. */
async function sayOfItems({ database }: Service, rows: number): Promise<void> {
  await database.write(sql`UPDATE media_items SET rating = 1 + id % 5 WHERE id % 10 = 0`);
  await database.write(sql`UPDATE media_items SET favourite = true WHERE id % 1000 = 1`);
  await database.write(
    sql`INSERT INTO media_tags (id, name, key) VALUES (1, 'common', 'common'), (2, 'other', 'other')`,
  );
  await database.write(sql`
    INSERT INTO media_item_tags (tag_id, media_item_id)
    SELECT 1, id FROM media_items WHERE id % 10 = 3 UNION ALL SELECT 2, id FROM media_items WHERE id % 997 = 3`);
  await database.write(sql`
    UPDATE media_items SET deleted_at = modified_at, shelf_id = (
      SELECT d.id FROM shelves AS d JOIN shelves AS s ON s.category = d.category AND s.media_type = d.media_type
      WHERE s.id = media_items.shelf_id AND d.status = 'DELETED'
    ) WHERE id % 100 = 99 AND id <= ${rows}`);
}

async function cursorAt(app: Service, depth: number): Promise<string> {
  const item = await app.database.prisma.mediaItem.findFirstOrThrow({
    orderBy: [{ modifiedAt: 'desc' }, { id: 'desc' }],
    skip: depth,
  });
  return Buffer.from(JSON.stringify(['MODIFIED_AT', item.modifiedAt.getTime(), item.id])).toString('base64url');
}

/** The same Yoga version on the same JSON, which a resolver gives from memory. */
async function serveFromMemory(answer: { data: { media: unknown } }) {
  const node =
    'id: ID title: String filename: String relativePath: String mediaType: String status: String sizeBytes: Float modifiedAt: String mimeType: String width: Int height: Int streamUrl: String category: Category';
  const schema = createSchema({
    typeDefs: `type Query { media: Media } type Media { pageInfo: PageInfo edges: [Edge] } type PageInfo { hasNextPage: Boolean endCursor: String }
      type Edge { cursor: String node: Node } type Node { ${node} } type Category { key: String label: String }`,
    resolvers: { Query: { media: () => answer.data.media } },
  });
  const yoga = createYoga({ schema, logging: false });
  const server = createServer((incoming, outgoing) => void yoga(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/graphql`, close: async () => void server.close() };
}

/** Asked from another thread, so that the client's own work does not count as the service's. */
async function requestsPerSecond(url: string, query: string): Promise<number> {
  const load = new Worker(new URL('load-worker.mjs', import.meta.url), { workerData: { url, query, runMs: 3000 } });
  const [count] = (await once(load, 'message')) as [number];
  return count / 3;
}

async function latency(url: string, query: string): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < 30; index++) {
    const startedAt = performance.now();
    await ask(url, query);
    times.push(performance.now() - startedAt);
  }
  return median(times);
}

function ask(url: string, query: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const outgoing = request(url, { method: 'POST', agent, headers }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      incoming.on('end', () => (text.includes('"errors"') ? reject(new Error(text)) : resolve(text)));
    });
    outgoing.on('error', reject).end(JSON.stringify({ query }));
  });
}

function report(what: string, value: number, limit: number, kind: 'at least' | 'at most'): void {
  const isMet = kind === 'at least' ? value >= limit : value <= limit;
  console.log(`${what}: ${value.toFixed(2)} (${kind} ${limit}) ${isMet ? 'ok' : 'OVER'}`);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
