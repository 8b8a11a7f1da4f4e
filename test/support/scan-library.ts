import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { defaultModelImages } from '../../src/base/config/defaults.ts';
import type { CategoryConfig, MediaConfig } from '../../src/base/config/media-config.ts';
import type { Database } from '../../src/base/database/database.ts';
import { novaProfile } from '../../src/base/config/image-proxy-profile.ts';
import { createJobs, type Jobs } from '../../src/library/jobs/jobs.ts';
import type { JobRecord } from '../../src/library/jobs/job-record.ts';
import { createProber } from '../../src/library/metadata/prober.ts';
import { createRoots } from '../../src/library/roots/roots.ts';
import { createDeletionsLog } from '../../src/library/catalogue/deletions-log.ts';
import { createScanner, type Scanner, type ScannerOptions, type ScanRequest } from '../../src/library/scan/scan.ts';
import type { CategoryScanSummary, ScanSummary } from '../../src/library/scan/scan-summary.ts';
import { sharedPool } from './shared-pool.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A scanner on real folders, with what a test wants to look at. */
export interface ScanLibrary {
  jobs: Jobs;
  scanner: Scanner;
  /** Changes what is configured. */
  configure(categories: CategoryConfig[]): void;
  /** Scans and waits for the end. */
  scan(request?: ScanRequest): Promise<{ job: JobRecord; summary: ScanSummary; only: CategoryScanSummary }>;
  /** Keeps every walk from beginning until the function that it gives is called. */
  hold(): () => void;
  /** Reads the headers and fingerprints of what was scanned. */
  probe(): Promise<void>;
  /** `status path` of every item, by path. */
  contents(): Promise<string[]>;
  /** The lines of the deletions log. */
  deletions(): Promise<Record<string, unknown>[]>;
}

interface ScanLibraryOptions extends Pick<ScannerOptions, 'shortcut'> {
  fingerprints?: ScannerOptions['fingerprints'];
  /** Happens before each walk begins. */
  onWalk?: (rootPath: string) => Promise<void>;
  /** Happens after each look at a root: before and after each walk. */
  onRecognised?: () => Promise<void>;
}

export async function openScanLibrary(
  database: Database,
  categories: CategoryConfig[],
  {
    shortcut = null,
    fingerprints = 'first-sight',
    onWalk = async () => undefined,
    onRecognised = async () => undefined,
  }: ScanLibraryOptions = {},
): Promise<ScanLibrary> {
  const logDir = await temporaryFolder();
  const log = { info() {}, warn() {}, error() {}, debug() {} };
  const jobs = createJobs({ database, log });
  onTestFinished(() => jobs.close({ graceMs: 1000 }));
  let configured = categories;
  const mediaConfig = {
    current: (): MediaConfig => ({
      path: '/config/watch_media_dirs.yml',
      version: 3,
      categories: configured,
      imageProxies: [novaProfile],
      defaultCategory: configured[0] as CategoryConfig,
      modelImages: defaultModelImages,
      strict: false,
      allowMissing: false,
      warnings: [],
    }),
    findCategory: (key: string) => configured.find((category) => category.key === key),
  };
  let held: Promise<void> = Promise.resolve();
  const gatedPool: ScannerOptions['pool'] = {
    async run(...task: unknown[]) {
      await held;
      const [name, input] = task as [string, { rootPath: string }];
      if (name === 'walkCategory') await onWalk(input.rootPath);
      return sharedPool.run(...(task as Parameters<typeof sharedPool.run>)) as never;
    },
  };
  const roots = createRoots({ database });
  const prober = createProber({
    database,
    mediaConfig,
    roots,
    pool: sharedPool,
    log,
    fingerprints: true,
    maxPixels: 120_000_000,
  });
  onTestFinished(() => prober.close());
  const scanner = createScanner({
    database,
    jobs,
    mediaConfig,
    pool: gatedPool,
    deletionsLog: createDeletionsLog({ database, folder: logDir, log }),
    fingerprints,
    shortcut,
    lossLimit: { percent: 30, items: 20 },
    roots: {
      ...roots,
      async recognise(category) {
        const recognition = await roots.recognise(category);
        await onRecognised();
        return recognition;
      },
    },
  });
  return {
    jobs,
    scanner,
    hold() {
      const released = new AbortController();
      held = new Promise((resolve) => released.signal.addEventListener('abort', () => resolve()));
      return () => released.abort();
    },
    probe: () => prober.drain(),
    configure: (changed) => void (configured = changed),
    async scan(request = {}) {
      const { id } = await scanner.start(request);
      const job = await jobs.waitFor(id);
      const summary = job.result as unknown as ScanSummary;
      return { job, summary, only: summary.categories[0] as CategoryScanSummary };
    },
    async contents() {
      const items = await database.prisma.mediaItem.findMany({
        include: { shelf: true },
        orderBy: { relativePath: 'asc' },
      });
      return items.map(({ shelf, relativePath }) => `${shelf.status} ${relativePath}`);
    },
    async deletions() {
      const path = join(logDir, 'media_deletions.log');
      if (!existsSync(path)) return [];
      const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}
