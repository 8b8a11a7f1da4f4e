import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../base/database/database.ts';
import { removeAbandoned, unfinishedName } from '../../base/files/unfinished.ts';
import { everywhere, type AllowedRoots } from '../hashing/allowed-path.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import type { ImageStore } from '../model-records/image-store.ts';
import { createPictureFinder, resolveImagesDir } from './find-picture.ts';
import { importPictures } from './import-pictures.ts';
import { importLinks, importModels, importTags } from './import-rows.ts';
import { createLegacyReader, type LegacyPool } from './legacy-source.ts';
import type { PathMapping } from './map-path.ts';
import { createLedger, type LegacyMigrationReport } from './migration-report.ts';
import { makeLegacyCopy, type LegacyCheckPool } from './make-legacy-copy.ts';

export interface LegacyMigrationInput {
  legacyDbPath: string;
  legacyImagesDir: string | null;
  pathMappings: PathMapping[];
  mayReadAnywhere: boolean;
}

declare module '../jobs/job-record.ts' {
  interface JobKinds {
    LEGACY_MIGRATION: { input: LegacyMigrationInput; result: LegacyMigrationReport };
  }
}

export interface MigrationHandlerOptions {
  database: Database;
  pool: LegacyPool & LegacyCheckPool;
  images: Pick<ImageStore, 'add' | 'keepPending' | 'dropPending'>;
  /** What may be read without `mayReadAnywhere`. */
  legacyRoots: AllowedRoots;
  /** Folder of the private copies. */
  workFolder: string;
  /** Called when records were stored. */
  onStored?: () => void;
  /** Has the account of each job while it runs, by its ID. */
  accounts: Map<string, LegacyMigrationReport>;
}

/** Runs migrations. Each step leaves alone what is there, so one that runs again has the same result. */
export function createMigrationHandler(options: MigrationHandlerOptions): JobHandler<'LEGACY_MIGRATION'> {
  return {
    kind: 'LEGACY_MIGRATION',
    locks: () => ['legacy-migration'],
    async run(context) {
      const folder = join(options.workFolder, unfinishedName());
      await removeAbandoned(options.workFolder);
      try {
        return await migrate(options, context, folder);
      } finally {
        options.accounts.delete(context.jobId);
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function migrate(
  { accounts, database, pool, images, legacyRoots, onStored }: MigrationHandlerOptions,
  { input, jobId, signal, progress, reportItemError }: JobContext<'LEGACY_MIGRATION'>,
  folder: string,
): Promise<LegacyMigrationReport> {
  const { legacyDbPath, legacyImagesDir, pathMappings, mayReadAnywhere } = input;
  const rootsFor = (path: string) => (mayReadAnywhere ? everywhere(path) : legacyRoots);
  const imagesDir = legacyImagesDir && (await resolveImagesDir(legacyImagesDir, rootsFor(legacyImagesDir)));
  const finder = imagesDir ? await createPictureFinder(imagesDir) : null;
  const copy = await makeLegacyCopy({ pool, path: legacyDbPath, roots: rootsFor(legacyDbPath), folder, signal });

  const ledger = createLedger(reportItemError);
  accounts.set(jobId, ledger.report);
  const { tags, models, modelTags } = copy.rows;
  const rows = tags + models + modelTags;
  progress.start({ total: rows });
  const context = {
    database,
    read: createLegacyReader({ pool, path: copy.path, pathMappings, signal }),
    ledger,
    onDone(count: number, currentItem: string) {
      signal.throwIfAborted();
      progress.advance({ done: count, currentItem });
    },
  };
  const tagAliases = await importTags(context);
  const pictures = await importModels(context);
  onStored?.();
  progress.start({ total: rows + pictures });
  await importLinks(context, tagAliases);
  await importPictures({ ...context, images, finder, concurrency: pool.threads });
  return ledger.report;
}
