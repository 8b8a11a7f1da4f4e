import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { beforeEach, describe, inject, onTestFinished } from 'vitest';
import type { Database } from '../../src/base/database/database.ts';
import { openDatabase } from '../../src/base/database/open-database.ts';

/**
 * Opens the test's own database. Every call in one test opens the same one over connections of its own, as another
 * process would. Whatever was opened is closed, and the database removed, when the test ends.
 */
export interface OpenTestDatabase {
  (): Promise<Database>;
  /** The address for a real other process. */
  url(): string;
}

type Provider = Database['provider'];

/** Runs the same tests on a real SQLite and on a real PostgreSQL, each test on a fresh, migrated database. */
export function describeOnEachDatabase(
  title: string,
  define: (open: OpenTestDatabase, provider: Provider) => void,
): void {
  describeOn(['sqlite', 'postgresql'], title, define);
}

/** The same for what only PostgreSQL has: several processes at work. */
export function describeOnPostgresql(title: string, define: (open: OpenTestDatabase) => void): void {
  describeOn(['postgresql'], title, define);
}

function describeOn(
  providers: Provider[],
  title: string,
  define: (open: OpenTestDatabase, provider: Provider) => void,
): void {
  describe.each(providers)(`${title} on %s`, (provider) => {
    let fresh: FreshDatabase;
    const opened: Database[] = [];

    beforeEach(async () => {
      fresh = await (provider === 'sqlite' ? createSqlite() : createPostgresql());
      // These run in reverse order: what a test opens on top of its database is closed before the database is.
      onTestFinished(async () => {
        await Promise.all(opened.splice(0).map((database) => database.close()));
        await fresh.remove();
      });
    });

    async function open(): Promise<Database> {
      const database = await openDatabase(fresh.url);
      opened.push(database);
      return database;
    }
    define(Object.assign(open, { url: () => fresh.url }), provider);
  });
}

export interface FreshDatabase {
  url: string;
  remove(): Promise<void>;
}

/** Copying the template takes a millisecond, applying all migrations a tenth of a second of the processor. */
async function createSqlite(): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'mediashelf-sqlite-'));
  const file = join(folder, 'catalogue.db');
  await copyFile(inject('sqliteTemplate'), file);
  return {
    url: `file:${file}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The same on PostgreSQL, where applying them takes a good part of a second; for who wants it longer than for a test, too. */
export async function createPostgresql(): Promise<FreshDatabase> {
  const { url: serverUrl, templateDatabase } = inject('postgresql');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOnServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${templateDatabase}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    remove: () => runOnServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

let server: Promise<Client> | undefined;

/** Over one connection of the process: PostgreSQL starts a process of its own for each. */
async function runOnServer(url: string, statement: string): Promise<void> {
  server ??= connect(url);
  await (await server).query(statement);
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // The server ends before the process does.
  await client.connect();
  (client as Client & { unref(): void }).unref(); // Its types leave it out.
  return client;
}
