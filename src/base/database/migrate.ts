import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';

/** A database as `applyMigrations` uses it. */
export interface MigrationTarget {
  /** The statement that makes the table `_prisma_migrations` where there is none, as `prisma migrate` makes it. */
  readonly createRecords: string;
  /** Returns the records; null where the table is not there yet. */
  readRecords(): Promise<MigrationRecord[] | null>;
  /**
   * Runs `act` in one transaction: all of it takes effect, or nothing, whenever the process ends. Other processes wait.
   */
  runWhole(act: (run: (script: string) => Promise<void>, records: MigrationRecord[]) => Promise<void>): Promise<void>;
}

interface MigrationRecord {
  name: string;
  isFinished: boolean;
}

// The path is right from src/base/database and from dist/base/database alike: both lie equally deep.
const migrationsFolder = new URL('../../../prisma/migrations/', import.meta.url);

/**
 * Applies the migrations that the database lacks, each in one transaction with its record: a kill leaves it applied or not,
 * and the next start goes on from there. The records are those of `prisma migrate deploy`, which agrees on the same folder.
 */
export async function applyMigrations(provider: 'sqlite' | 'postgresql', target: MigrationTarget): Promise<void> {
  const folder = new URL(`${provider}/`, migrationsFolder);
  const names = await listMigrationNames(provider);
  // Nearly every start finds all of them applied, and then waits for nobody.
  if (isApplied(names, (await target.readRecords()) ?? [])) return;
  for (const name of names) {
    const script = await readFile(new URL(`${name}/migration.sql`, folder), 'utf8');
    await target.runWhole(async (run, records) => {
      // Another process may have come first.
      if (isApplied([name], records)) return;
      await run(script);
      await run(recordOf(name, script));
    });
  }
}

/** The names of all migrations that this version knows, in their order. */
export async function listMigrationNames(provider: 'sqlite' | 'postgresql'): Promise<string[]> {
  const entries = await readdir(new URL(`${provider}/`, migrationsFolder), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? entry.name : [])).sort();
}

function isApplied(names: readonly string[], records: readonly MigrationRecord[]): boolean {
  const failed = records.find(({ isFinished }) => !isFinished);
  if (failed !== undefined) {
    throw new Error(`The migration ${failed.name} was begun by another tool and not finished: restore a backup.`);
  }
  const applied = new Set(records.map(({ name }) => name));
  return names.every((name) => applied.has(name));
}

function recordOf(name: string, script: string): string {
  const checksum = createHash('sha256').update(script).digest('hex');
  return `INSERT INTO _prisma_migrations
    (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
    VALUES ('${randomUUID()}', '${checksum}', '${name}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 1)`;
}
