import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { clearAbandoned, unfinishedName } from '../../base/files/unfinished.ts';
import { everywhere } from '../hashing/allowed-path.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { PathMapping } from './map-path.ts';
import { createMigrationHandler, type LegacyMigrationInput, type MigrationHandlerOptions } from './run-migration.ts';
import { listLegacySources, type LegacySource } from './list-sources.ts';
import { makeLegacyCopy } from './make-legacy-copy.ts';
import { resolveImagesDir } from './find-picture.ts';

export interface LegacyMigrationRequest {
  legacyDbPath: string;
  /** Where left out, pictures are skipped, each with its reason. */
  legacyImagesDir?: string | null | undefined;
  pathMappings?: readonly PathMapping[] | null | undefined;
  /** Set by the command line, whose user can read these files anyway. */
  mayReadAnywhere?: boolean;
  requestedBy?: string | undefined;
}

/** Takes over the database of the earlier application: stage 1 of the migration. */
export interface LegacyMigration {
  /**
   * Checks the database and starts the job. Throws PathNotAllowedError, LegacyDatabaseError, InvalidInputError, and
   * JobLockedError while another migration runs; nothing is written then.
   */
  start(request: LegacyMigrationRequest): Promise<JobRecord<'LEGACY_MIGRATION'>>;
  /** Lists the databases below LEGACY_ROOTS, of which one may be the earlier application's. */
  sources(): Promise<LegacySource[]>;
  /** Removes the private copies that killed processes left. */
  resume(): Promise<void>;
}

interface LegacyMigrationOptions extends MigrationHandlerOptions {
  jobs: Pick<Jobs, 'register' | 'start'>;
  log: Pick<Logger, 'warn'>;
}

export function createLegacyMigration(options: LegacyMigrationOptions): LegacyMigration {
  const { jobs, legacyRoots, workFolder, pool, log } = options;
  jobs.register(createMigrationHandler(options));
  return {
    async start({ legacyDbPath, legacyImagesDir = null, pathMappings, mayReadAnywhere = false, requestedBy }) {
      const input: LegacyMigrationInput = {
        legacyDbPath,
        legacyImagesDir,
        pathMappings: checkMappings(pathMappings ?? []),
        mayReadAnywhere,
      };
      const rootsFor = (path: string) => (mayReadAnywhere ? everywhere(path) : legacyRoots);
      const folder = join(workFolder, unfinishedName());
      try {
        if (legacyImagesDir !== null) await resolveImagesDir(legacyImagesDir, rootsFor(legacyImagesDir));
        await makeLegacyCopy({ pool, path: legacyDbPath, roots: rootsFor(legacyDbPath), folder });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
      return jobs.start('LEGACY_MIGRATION', input, { requestedBy });
    },
    sources: () => listLegacySources(legacyRoots.paths),
    resume: () => clearAbandoned(workFolder, log),
  };
}

function checkMappings(mappings: readonly PathMapping[]): PathMapping[] {
  for (const [index, { from, to }] of mappings.entries()) {
    if (from.trim() !== '' && to.trim() !== '') continue;
    throw new InvalidInputError(`input.pathMappings[${index}]`, 'A mapping names a folder on both sides.');
  }
  return mappings.map(({ from, to }) => ({ from, to }));
}
