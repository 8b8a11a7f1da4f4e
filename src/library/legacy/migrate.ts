import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { clearAbandoned, unfinishedName } from '../../base/files/unfinished.ts';
import { everywhere, resolveAllowed, type AllowedRoots } from '../hashing/allowed-path.ts';
import { InvalidInputError } from '../../base/errors/domain-error.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { PathMapping } from './map-path.ts';
import { createMigrationHandler, type LegacyMigrationInput, type MigrationHandlerOptions } from './run-migration.ts';
import { listLegacySources, type LegacySource } from './list-sources.ts';
import { makeLegacyCopy } from './make-legacy-copy.ts';
import { resolveImagesDir } from './find-picture.ts';
import { createLegacyReader } from './legacy-source.ts';
import type { LegacyMigrationReport } from './migration-report.ts';
import { findPictureFolders } from './preview/picture-folders.ts';
import { previewMigration, type MigrationPreview } from './preview/preview-migration.ts';

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
  /**
   * Says what a migration would find and where its mappings lead, and writes nothing. Throws PathNotAllowedError,
   * LegacyDatabaseError and InvalidInputError.
   */
  preview(request: Pick<LegacyMigrationRequest, 'legacyDbPath' | 'pathMappings'>): Promise<LegacyPreview>;
  /** What became of the rows so far of a migration that this process runs; null of any other. */
  accountOf(jobId: string): LegacyMigrationReport | null;
  /** Removes the private copies that killed processes left. */
  resume(): Promise<void>;
}

export interface LegacyPreview extends MigrationPreview {
  /** Folders beside the database that have pictures in them. */
  pictureFolders: string[];
}

interface LegacyMigrationOptions extends Omit<MigrationHandlerOptions, 'accounts'> {
  /** Where files are hashed, now. */
  fileRoots: () => AllowedRoots;
  jobs: Pick<Jobs, 'register' | 'start'>;
  log: Pick<Logger, 'warn'>;
}

export function createLegacyMigration(options: LegacyMigrationOptions): LegacyMigration {
  const { fileRoots, jobs, legacyRoots, workFolder, pool, log } = options;
  const accounts = new Map<string, LegacyMigrationReport>();
  jobs.register(createMigrationHandler({ ...options, accounts }));
  return {
    accountOf: (jobId) => accounts.get(jobId) ?? null,
    async preview({ legacyDbPath, pathMappings }) {
      const mappings = checkMappings(pathMappings ?? []);
      const folder = join(workFolder, unfinishedName());
      try {
        const { path, rows } = await makeLegacyCopy({ pool, path: legacyDbPath, roots: legacyRoots, folder });
        const { signal } = new AbortController();
        const read = createLegacyReader({ pool, path, pathMappings: [], signal });
        const preview = await previewMigration({ rows, read, pathMappings: mappings, fileRoots: fileRoots() });
        const pictureFolders = await findPictureFolders(await resolveAllowed(legacyDbPath, legacyRoots));
        return { ...preview, pictureFolders };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
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
