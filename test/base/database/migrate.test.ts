import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applyMigrations, type MigrationTarget } from '../../../src/base/database/migrate.ts';
import { openDatabase } from '../../../src/base/database/open-database.ts';
import { sql } from '../../../src/base/database/sql.ts';
import { openSqliteConnection } from '../../../src/base/database/sqlite/sqlite-connection.ts';
import { sqliteMigrationTarget } from '../../../src/base/database/sqlite/sqlite-migrations.ts';
import { describeOnEachDatabase } from '../../support/databases.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describeOnEachDatabase('A migration', (open, provider) => {
  it('is applied once by two processes that start at the same time', async () => {
    await open();
    const [first, second] = await Promise.all([openDatabase(open.url()), openDatabase(open.url())]);
    const rows = await first.read(sql`SELECT count(*) AS records, count(DISTINCT migration_name) AS names
      FROM _prisma_migrations`);
    expect(Number(rows[0]?.records)).toBe(Number(rows[0]?.names));
    await Promise.all([first.close(), second.close()]);
  });

  it('is recorded with the checksum that `prisma migrate` expects, and in the same step as it is made', async () => {
    const steps: string[][] = [];
    const target: MigrationTarget = {
      createRecords: '',
      readRecords: async () => null,
      async runWhole(act) {
        const scripts: string[] = [];
        await act(async (script) => void scripts.push(script), []);
        steps.push(scripts);
      },
    };
    await applyMigrations(provider, target);
    const first = new URL(
      `../../../prisma/migrations/${provider}/0001_catalogue_and_jobs/migration.sql`,
      import.meta.url,
    );
    expect(steps[0]).toEqual([
      await readFile(first, 'utf8'),
      expect.stringMatching(/^INSERT INTO _prisma_migrations[^]*'[0-9a-f]{64}', '0001_catalogue_and_jobs'/),
    ]);
    expect(steps.every((scripts) => scripts.length === 2)).toBe(true);
  });

  it('that another tool left unfinished is not built upon', async () => {
    const database = await open();
    await database.prisma.$executeRawUnsafe(
      "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '0002_counts_and_search'",
    );
    await expect(openDatabase(open.url())).rejects.toThrow(/0002_counts_and_search .* restore a backup/);
  });
});

it('that makes a table anew keeps what refers to its rows, and one that loses references is undone', async () => {
  const connection = openSqliteConnection(join(await temporaryFolder(), 'a.db'), 'PRAGMA foreign_keys = ON', {
    readonly: false,
  });
  const target = sqliteMigrationTarget(connection);
  const run = (script: string) => target.runWhole(async (runScript) => runScript(script));
  await run(`CREATE TABLE shelves (id INTEGER PRIMARY KEY); INSERT INTO shelves VALUES (1);
    CREATE TABLE books (shelf INTEGER NOT NULL REFERENCES shelves (id) ON DELETE CASCADE); INSERT INTO books VALUES (1);`);
  await run(`CREATE TABLE new_shelves (id INTEGER PRIMARY KEY, name TEXT);
    INSERT INTO new_shelves SELECT id, 'first' FROM shelves;
    DROP TABLE shelves; ALTER TABLE new_shelves RENAME TO shelves;`);
  const read = () => connection.all(sql`SELECT name FROM books JOIN shelves ON id = shelf`);
  expect(read()).toEqual([{ name: 'first' }]);
  await expect(run('DELETE FROM shelves')).rejects.toThrow(/references to rows that are gone/);
  expect(read()).toEqual([{ name: 'first' }]);
  connection.exec('DELETE FROM shelves');
  expect(connection.all(sql`SELECT * FROM books`)).toEqual([]);
  connection.close();
});
