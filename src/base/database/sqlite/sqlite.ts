import { mkdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { Mutex } from 'async-mutex';
import type { Database } from '../database.ts';
import { isolateTransactions } from './isolated-sqlite-adapter.ts';
import type { FileLock } from './file-lock.ts';
import { applyMigrations } from '../migrate.ts';
import { transactionOptions } from '../transaction-options.ts';
import { useDatabaseFile } from '../replacement.ts';
import { openSqliteConnection } from './sqlite-connection.ts';
import { createSqliteCheckpoints, lateCheckpoints } from './sqlite-checkpoints.ts';
import { createSqliteFlush } from './sqlite-flush.ts';
import { sqliteMigrationTarget } from './sqlite-migrations.ts';
import { createSqliteWriter } from './sqlite-writer.ts';

// A row of the catalogue touches a dozen index pages anywhere in the file: with large pages a bulk insert takes half
// the time. The size has to be chosen before the first table is made.
// WAL lets readers and the one writer work side by side. NORMAL never corrupts, and a killed process loses nothing; FULL
// would stop this thread at each commit until the disk has it. `flush` does that before somebody hears that something
// is stored, or a file is removed because of a row (ADR 53). Foreign keys are off by default in SQLite.
const pageBytes = 16_384;
const pragmas = (cacheKib: number, busyMs: number) => `
  PRAGMA page_size = ${pageBytes};
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = ${busyMs};
  PRAGMA foreign_keys = ON;
  PRAGMA cache_size = -${cacheKib};
  ${lateCheckpoints};
`;

/** The most that SQLite maps. */
const maxMappedBytes = 0x7fff0000;

/**
 * Lists read single rows from anywhere in the file. Mapped into memory they are read where they are; otherwise SQLite copies a
 * whole page for each, which takes seven times as long. What is mapped counts as memory of the process (ADR 92).
 */
function readerPragmas(): string {
  const memory = Math.min(process.constrainedMemory() || Infinity, totalmem());
  return `
    PRAGMA busy_timeout = 5000;
    PRAGMA cache_size = -16384;
    PRAGMA mmap_size = ${Math.min(maxMappedBytes, Math.floor(memory / 4))};
  `;
}

/** How long SQLite may wait on this thread for another process; `whenUnlocked` goes on waiting beside it. */
const shortWaitMs = 5;

/**
 * Opens the embedded database. `url` is `file:` and a path, whose folder is made where it is missing. One connection is
 * Prisma's; bulk writes and lists have connections of their own through the same driver, where they take a tenth of the
 * time.
 */
export async function openSqlite(url: string): Promise<Database> {
  const path = url.replace(/^file:/, '');
  await mkdir(dirname(path), { recursive: true });
  const use = await useDatabaseFile(path);
  try {
    return await connect(url, path, use);
  } catch (error) {
    use.release();
    throw error;
  }
}

async function connect(url: string, path: string, use: FileLock): Promise<Database> {
  const { PrismaClient } = await import('../generated/sqlite/client.ts');
  const turns = new Mutex();
  const checkpoints = createSqliteCheckpoints(path, pageBytes, turns);
  const prismaFactory = new PrismaBetterSqlite3({ url }, { timestampFormat: 'unixepoch-ms' });
  const factory = isolateTransactions(prismaFactory, pragmas(8_192, shortWaitMs), turns, checkpoints.noteWrite);
  // Migrations come before anything is answered, and cannot be begun again in the middle: they wait in SQLite.
  const writer = openSqliteConnection(path, pragmas(32_768, 60_000), { readonly: false });
  await applyMigrations('sqlite', sqliteMigrationTarget(writer));
  writer.exec(`PRAGMA busy_timeout = ${shortWaitMs}`);
  const prisma = new PrismaClient({ adapter: factory, transactionOptions });
  await prisma.$connect();
  const reader = openSqliteConnection(path, readerPragmas(), { readonly: true });
  return {
    prisma,
    read: async (statement) => reader.all(statement),
    ...createSqliteWriter(writer, turns, checkpoints.noteWrite),
    flush: createSqliteFlush(path),
    async close() {
      await checkpoints.close();
      reader.close();
      writer.close();
      await prisma.$disconnect();
      use.release();
    },
  };
}
