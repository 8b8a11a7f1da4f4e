// A process of its own for the kill test: migrates, and kills itself at the step of that number, in the middle of what it
// does. node migrate-process.js URL DATA_DIR REQUEST STEP
import { join } from 'node:path';
import { defaultModelImages } from '../../../src/base/config/defaults.ts';
import type { Database, StatementWriter } from '../../../src/base/database/database.ts';
import { openDatabase } from '../../../src/base/database/open-database.ts';
import { createJobs } from '../../../src/library/jobs/jobs.ts';
import { createLegacyMigration, type LegacyMigrationRequest } from '../../../src/library/legacy/migrate.ts';
import { createImageStore } from '../../../src/library/model-records/image-store.ts';
import { createWorkerPool } from '../../../src/library/workers/worker-pool.ts';

const [url = '', dataDir = '', request = '', lastStep = ''] = process.argv.slice(2);
const ignore = (): void => undefined;
let steps = 0;

function step(): void {
  steps += 1;
  if (steps === Number(lastStep)) process.kill(process.pid, 'SIGKILL');
}

/** Counts a step before and after each write, and before each commit. */
function countSteps(database: Database): Database {
  return {
    ...database,
    async write(statement) {
      step();
      const changed = await database.write(statement);
      step();
      return changed;
    },
    transaction: <T>(act: (transaction: StatementWriter) => Promise<T>) =>
      database.transaction(async (transaction) => {
        const result = await act(transaction);
        step();
        return result;
      }),
  };
}

const database = countSteps(await openDatabase(url));
const pool = createWorkerPool();
const log = { info: ignore, warn: ignore, error: ignore };
const jobs = createJobs({ database, log });
const images = createImageStore({
  database,
  pool,
  folder: join(dataDir, 'images'),
  profile: () => defaultModelImages,
  maxPixels: 120_000_000,
  log,
});
const migration = createLegacyMigration({
  database,
  log,
  jobs,
  pool,
  images: {
    add: images.add,
    dropPending: images.dropPending,
    async keepPending(name, picture) {
      step();
      await images.keepPending(name, picture);
      step();
    },
  },
  legacyRoots: { paths: ['/'], setting: 'LEGACY_ROOTS' },
  fileRoots: () => ({ paths: [], setting: 'MODEL_ROOTS' }),
  workFolder: join(dataDir, 'legacy'),
});
const { id } = await migration.start(JSON.parse(request) as LegacyMigrationRequest);
const { status } = await jobs.waitFor(id);
process.stdout.write(`${status} after ${steps} steps\n`);
await jobs.close({ graceMs: 1000 });
await pool.close();
await database.close();
