import { mkdir, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CategoryConfig, MediaConfig } from '../../../src/base/config/media-config.ts';
import type { Database } from '../../../src/base/database/database.ts';
import { createHasher, type Hasher } from '../../../src/library/hashing/hasher.ts';
import { createHashing, type Hashing } from '../../../src/library/hashing/hashing.ts';
import type { PendingRecords } from '../../../src/library/hashing/pending-records.ts';
import type { HashReport } from '../../../src/library/hashing/run-hash-job.ts';
import { createJobs, type Jobs } from '../../../src/library/jobs/jobs.ts';
import type { JobRecord } from '../../../src/library/jobs/job-record.ts';
import { createPendingImports } from '../../../src/library/legacy/pending-imports.ts';
import { signatureOf } from '../../../src/library/metadata/signature.ts';
import { sharedPool } from '../../support/shared-pool.ts';
import { catalogueFiles, categoryOf } from '../../support/catalogued-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** The real handler on a real database, real worker threads and real files. */
interface HashLibrary {
  /** Holds `photos`, the root of a category, and `models`. */
  folder: string;
  photos: CategoryConfig;
  jobs: Jobs;
  hashing: Hashing;
  /** A file with that content, and a pending import of it under that legacy id. */
  addPending(id: number, name: string, content?: string | Buffer): Promise<string>;
  /** Files with their own paths as content, and their items; `null` catalogues a file that is not there. */
  addPhotos(files: Record<string, string | Buffer | null>): Promise<void>;
  /** Starts a job and waits for its end. */
  run(request?: Parameters<Hashing['start']>[0]): Promise<HashRun>;
  /** What a job came to. */
  read(job: JobRecord): Promise<HashRun>;
}

interface HashRun {
  job: JobRecord;
  report: HashReport | null;
  /** `CODE item`, the items from the folder on. */
  itemErrors: string[];
}

/** What a test changes of the parts: it is given the real ones. */
interface HashLibraryOptions {
  folder?: string;
  concurrency?: number;
  hasher?(real: Hasher): Partial<Hasher>;
  pending?(real: PendingRecords): Partial<PendingRecords>;
}

const noMoves = { wake() {}, drain: async () => {} };

export async function openHashLibrary(
  database: Database,
  { folder: given, concurrency = 2, hasher: change, pending: changePending }: HashLibraryOptions = {},
): Promise<HashLibrary> {
  const folder = given ?? (await realpath(await temporaryFolder()));
  const photos = categoryOf({ key: 'photos', rootPath: join(folder, 'photos') });
  await mkdir(photos.rootPath, { recursive: true });
  const jobs = createJobs({ database, log: { info() {}, warn() {}, error() {} } });
  onTestFinished(() => jobs.close({ graceMs: 1_000 }));
  const hasher = createHasher({ pool: sharedPool, roots: () => ({ paths: [folder], setting: 'MODEL_ROOTS' }) });
  const pending = createPendingImports({ database, moves: noMoves });
  const hashing = createHashing({
    database,
    jobs,
    concurrency,
    mediaConfig: {
      current: () => ({ categories: [photos] }) as unknown as MediaConfig,
      findCategory: (key) => (key === 'photos' ? photos : undefined),
    },
    hasher: { ...hasher, ...change?.(hasher) },
    pending: { ...pending, ...changePending?.(pending) },
  });

  async function read(job: JobRecord): Promise<HashRun> {
    const { edges } = await jobs.itemErrors(job.id, { count: 1_000, backward: false, cursor: null });
    const itemErrors = edges.map(({ node: { code, item } }) => `${code} ${item.replace(`${folder}/`, '')}`).sort();
    return { job, report: job.result as HashReport | null, itemErrors };
  }

  return {
    folder,
    photos,
    jobs,
    hashing,
    async addPending(id, name, content = name) {
      const path = join(folder, 'models', name);
      await write(path, content);
      const rest = { createdAt: new Date(), meta: {}, searchText: '', stem: name, sizeBytes: content.length };
      await database.prisma.pendingImport.create({ data: { id, path, legacyPath: path, name, ...rest } });
      return path;
    },
    async addPhotos(files) {
      const described = [];
      const pathOf = (relativePath: string) => join(photos.rootPath, relativePath);
      for (const [relativePath, content] of Object.entries(files)) {
        if (content !== null) await write(pathOf(relativePath), content);
      }
      for (const [relativePath, content] of Object.entries(files)) {
        const path = pathOf(relativePath);
        const { size, mtimeNs } = content === null ? { size: 1n, mtimeNs: 1n } : await stat(path, { bigint: true });
        const sizeBytes = Number(size);
        described.push({ relativePath, sizeBytes, signature: signatureOf(relativePath, sizeBytes, mtimeNs) });
      }
      await catalogueFiles(database, photos, described);
    },
    async run(request = {}) {
      const { id } = await hashing.start(request);
      return read(await jobs.waitFor(id));
    },
    read,
  };
}

async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
