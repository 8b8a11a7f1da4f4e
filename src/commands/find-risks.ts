import { dirname } from 'node:path';
import { orAfter } from '../base/async/or-after.ts';
import type { MediaConfig } from '../base/config/media-config.ts';
import type { Settings } from '../base/config/settings.ts';
import { type Database, databasePathOf } from '../base/database/database.ts';
import { findUnsafeSettings } from '../base/database/postgresql/find-unsafe-settings.ts';
import { type FileSystem, fileSystemOf } from '../base/files/file-system.ts';
import { formatBytes } from '../base/format-bytes.ts';

type RiskySettings = Pick<Settings, 'dataDir' | 'logDir' | 'databaseUrl' | 'scanShortcut'>;

interface RiskOptions {
  settings: RiskySettings;
  config: Pick<MediaConfig, 'categories'>;
  /** Null where it cannot be opened: that is reported elsewhere. */
  database: Pick<Database, 'provider' | 'read'> | null;
  /** Rejects where the path cannot be looked at. */
  describeFileSystem?: (path: string) => Promise<FileSystem>;
}

/** Less room than this is soon used up by one upload. */
const lowBytes = 1024 ** 3;
/** A share whose server is gone may never answer. */
const patienceMs = 3_000;

/** Finds what is known to lose data or speed, in sentences that say what to do. What cannot be looked at is no risk. */
export async function findRisks({
  settings,
  config,
  database,
  describeFileSystem = fileSystemOf,
}: RiskOptions): Promise<string[]> {
  const look = (path: string): Promise<FileSystem | null> =>
    orAfter(
      describeFileSystem(path).catch(() => null),
      patienceMs,
      null,
    );
  const databasePath = databasePathOf(settings.databaseUrl);
  const [ofDatabase, ofData, ofLog, unsafe] = await Promise.all([
    databasePath === null ? null : look(dirname(databasePath)),
    look(settings.dataDir),
    look(settings.logDir),
    database === null ? [] : findUnsafeSettings(database),
  ]);
  const own = [
    ...(databasePath === null ? [] : describeDatabase(databasePath, ofDatabase)),
    ...describeFolder('DATA_DIR', settings.dataDir, ofData),
    ...describeFolder('LOG_DIR', settings.logDir, ofLog),
  ];
  if (ofData !== null && ofData.freeBytes < lowBytes) {
    own.push(
      `DATA_DIR, ${settings.dataDir}, has ${formatBytes(ofData.freeBytes)} left: make room, or uploads will fail.`,
    );
  }
  if (unsafe.length > 0) {
    own.push(`PostgreSQL runs with ${unsafe.join(', ')}: a power cut may lose what was stored. Set it to on.`);
  }
  return [...own, ...(await describeRoots({ settings, config, look }))];
}

function describeDatabase(path: string, fileSystem: FileSystem | null): string[] {
  const where = `The database, ${path}, lies on ${fileSystem?.name}`;
  if (fileSystem?.kind === 'network') {
    return [
      `${where}: locks do not hold there on every server, and SQLite may be damaged beyond repair. ` +
        'Put DATA_DIR or DATABASE_URL on a local disk, or use PostgreSQL.',
    ];
  }
  if (fileSystem?.kind === 'fat') {
    return [`${where}, which a power cut may damage: put DATA_DIR or DATABASE_URL on another file system.`];
  }
  return [];
}

function describeFolder(setting: string, path: string, fileSystem: FileSystem | null): string[] {
  const where = `${setting}, ${path}, lies on ${fileSystem?.name}`;
  if (fileSystem?.kind === 'memory') {
    return [`${where}: what it holds is gone when the machine starts again. Put it on a disk.`];
  }
  if (fileSystem?.kind === 'container') {
    return [`${where}, the container's own layer: what it holds is gone with the container. Mount a volume there.`];
  }
  if (setting !== 'DATA_DIR') return [];
  if (fileSystem?.kind === 'network') {
    return [`${where}: uploads, thumbnails and proxies wait for it. A local disk is faster.`];
  }
  if (fileSystem?.kind === 'fat') return [`${where}, which holds no file of 4 GiB or is slow with many: use another.`];
  return [];
}

interface RootsToDescribe extends Pick<RiskOptions, 'settings' | 'config'> {
  look: (path: string) => Promise<FileSystem | null>;
}

async function describeRoots({ settings, config, look }: RootsToDescribe): Promise<string[]> {
  if (settings.scanShortcut !== null) return [];
  const roots = await Promise.all(
    config.categories.map(async ({ key, rootPath }) => ({ key, fileSystem: await look(rootPath) })),
  );
  const shared = roots.filter(({ fileSystem }) => fileSystem?.kind === 'network').map(({ key }) => key);
  if (shared.length === 0) return [];
  const keys = shared.join(', ');
  return [
    `A scan asks for every file of ${keys} over the network: with SCAN_SHORTCUT=on it passes by folders that have not changed.`,
  ];
}
