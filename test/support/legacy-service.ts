import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { defaultModelImages } from '../../src/base/config/defaults.ts';
import type { Database } from '../../src/base/database/database.ts';
import { createJobs, type Jobs } from '../../src/library/jobs/jobs.ts';
import type { JobRecord } from '../../src/library/jobs/job-record.ts';
import {
  createLegacyMigration,
  type LegacyMigration,
  type LegacyMigrationRequest,
} from '../../src/library/legacy/migrate.ts';
import type { LegacyMigrationReport } from '../../src/library/legacy/migration-report.ts';
import { createImageStore, type ImageStore } from '../../src/library/model-records/image-store.ts';
import { sharedPool } from './shared-pool.ts';
import { temporaryFolder } from './temporary-folder.ts';

const log = { info() {}, warn() {}, error() {}, debug() {} };

/** Stage 1 on a real database and real folders, with what a test wants to look at. */
export interface LegacyService {
  jobs: Jobs;
  migration: LegacyMigration;
  images: ImageStore;
  dataDir: string;
  /** Migrates and waits for the end. */
  migrate(request: LegacyMigrationRequest): Promise<{ job: JobRecord; report: LegacyMigrationReport }>;
  /** `CODE item` of every item error of the job. */
  itemErrors(jobId: string): Promise<string[]>;
}

export async function openLegacyService(
  database: Database,
  legacyRoots: string[] = ['/'],
  fileRoots: string[] = [],
): Promise<LegacyService> {
  const dataDir = await temporaryFolder();
  const jobs = createJobs({ database, log });
  onTestFinished(() => jobs.close({ graceMs: 1000 }));
  const images = createImageStore({
    database,
    pool: sharedPool,
    folder: join(dataDir, 'images'),
    profile: () => defaultModelImages,
    maxPixels: 120_000_000,
    log,
  });
  const migration = createLegacyMigration({
    database,
    log,
    jobs,
    pool: sharedPool,
    images,
    legacyRoots: { paths: legacyRoots, setting: 'LEGACY_ROOTS' },
    fileRoots: () => ({ paths: fileRoots, setting: 'MODEL_ROOTS' }),
    workFolder: join(dataDir, 'legacy'),
  });
  return {
    jobs,
    migration,
    images,
    dataDir,
    async migrate(request) {
      const { id } = await migration.start(request);
      const job = await jobs.waitFor(id);
      return { job, report: job.result as unknown as LegacyMigrationReport };
    },
    async itemErrors(jobId) {
      const { edges } = await jobs.itemErrors(jobId, { count: 1000, backward: false, cursor: null });
      return edges.map(({ node }) => `${node.code} ${node.item}`);
    },
  };
}
