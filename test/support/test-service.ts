import { copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { openService, type Service } from '../../src/service/service.ts';
import { requestGraphQL } from '../../src/commands/graphql-client.ts';
import type { CategoryConfig } from '../../src/base/config/media-config.ts';
import { secretsOf } from '../../src/base/config/secrets-of.ts';
import { loadSettings } from '../../src/base/config/settings.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';
import { createLog } from '../../src/base/observability/log.ts';
import { borrowSharedPool } from './shared-pool.ts';
import { writeFiles } from './temporary-folder.ts';

/** A category as `watch_media_dirs.yml` has it; its root is the folder of its key. */
interface TestCategory {
  key: string;
  [setting: string]: unknown;
}

export interface TestServiceOptions {
  categories?: TestCategory[];
  /** Without it: an SQLite database in the folder of the service. */
  databaseUrl?: string;
  /** Further settings. */
  environment?: Record<string, string>;
  /** Further keys of `watch_media_dirs.yml`. */
  config?: Record<string, unknown>;
  /** The folder of the built page; without it, the page is off. */
  page?: string;
}

export interface TestService {
  readonly app: Service;
  /** Of its GraphQL endpoint. */
  url: string;
  /** Where uploads are until they are whole. */
  incomingDir: string;
  /** Holds its `data`. */
  folder: string;
  /** What was logged, one object a line. */
  logged: Record<string, unknown>[];
  category(key: string): CategoryConfig;
  /** Gives the data of a typed operation; rejects where the service answers errors. */
  request: <Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    ...variables: Variables extends Record<string, never> ? [] : [Variables]
  ) => Promise<Result>;
  /** Sends any body, and gives whatever the service answers. */
  post(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  writeFiles(category: string, relativePaths: readonly string[]): Promise<void>;
  writeConfig(categories: TestCategory[]): Promise<void>;
  /** Stops it, and starts it anew on its data and at its address: as one process follows another. */
  restart(): Promise<void>;
  /** Stops it and removes its folder, once. */
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: Headers;
  body: GraphQLAnswer;
}

interface GraphQLAnswer {
  data?: unknown;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

const libraryOfOneEach: TestCategory[] = [
  { key: 'movies', default: true, label: 'Movies' },
  { key: 'photos', media_type: 'image', label: 'Photos' },
];

/** The real service on a real socket, in a temporary folder; it ends with the test. */
export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const service = await openTestService(options);
  onTestFinished(() => service.close());
  return service;
}

/** The same for all tests of a file, which close it themselves. */
export async function openTestService({
  categories = libraryOfOneEach,
  databaseUrl = '',
  environment = {},
  config = {},
  page,
}: TestServiceOptions = {}): Promise<TestService> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'mediashelf-service-')));
  const configPath = join(folder, 'watch_media_dirs.yml');
  const rootOf = (key: string) => join(folder, 'library', key);
  const writeConfig = (changed: TestCategory[]) => writeFile(configPath, toYaml(changed, rootOf, config));
  await writeConfig(categories);
  for (const { key } of categories) await mkdir(rootOf(key), { recursive: true });

  if (databaseUrl === '') {
    await mkdir(join(folder, 'data'));
    await copyFile(inject('sqliteTemplate'), join(folder, 'data/catalogue.db'));
  }
  // A machine that is busy with other tests is no reason to refuse anything.
  const fixed = {
    NODE_ENV: 'test',
    WEB: page === undefined ? 'off' : 'on',
    PRESSURE: 'off',
    MEDIA_CONFIG: configPath,
    DATABASE_URL: databaseUrl,
  };
  const settings = { ...fixed, ...environment };
  const logged: Record<string, unknown>[] = [];
  const loaded = loadSettings(settings, folder);
  const log = createLog({
    level: 'info',
    secrets: secretsOf(loaded, {}),
    destination: { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) },
  });
  const open = () => openService(loaded, log, { pool: borrowSharedPool(), ...(page !== undefined && { page }) });
  let app = await open();
  const url = `${await app.http.listen('127.0.0.1', 0)}/graphql`;
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await app.close(1_000);
    await rm(folder, { recursive: true });
  }

  return {
    get app() {
      return app;
    },
    url,
    incomingDir: join(folder, 'data', 'incoming'),
    folder,
    logged,
    category(key) {
      const category = app.mediaConfig.findCategory(key);
      if (category === undefined) throw new Error(`the test configured no category ${key}`);
      return category;
    },
    request: (document, ...variables) => requestGraphQL(url, document, ...variables),
    post: (body, headers) => post(url, body, headers),
    writeFiles: (category, relativePaths) => writeFiles(rootOf(category), relativePaths),
    writeConfig,
    async restart() {
      await app.close(0);
      app = await open();
      await app.http.listen('127.0.0.1', Number(new URL(url).port));
      await app.resume();
    },
    close: () => (closing ??= close()),
  };
}

function toYaml(categories: TestCategory[], rootOf: (key: string) => string, config: Record<string, unknown>): string {
  return stringify({
    ...config,
    version: 2,
    categories: categories.map((category) => ({ label: category.key, root_path: rootOf(category.key), ...category })),
  });
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as GraphQLAnswer };
}
