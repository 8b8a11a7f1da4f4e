import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { orAfter } from '../../base/async/or-after.ts';
import { databasePathOf } from '../../base/database/database.ts';
import { isWithin } from '../../base/files/is-within.ts';
import { dataFolders } from '../../base/config/data-folders.ts';
import type { CategoryConfig, MediaConfig, WarningPlace } from '../../base/config/media-config.ts';
import type { Settings } from '../../base/config/settings.ts';

type OwnSettings = Pick<Settings, 'dataDir' | 'logDir' | 'mediaConfigPath' | 'databaseUrl'>;

/** A file or folder of the service itself, and the setting that chose it. */
interface OwnPath {
  setting: string;
  path: string;
}

/** A root on a share whose server is gone may never answer: its path counts as it is written then. */
const patienceMs = 3_000;

/**
 * Finds what the service keeps below the roots, and adds it to the categories as their `ownPlaces`, with a warning for
 * each. Symbolic links are resolved, so that it is found by whatever path a root leads there.
 */
export async function leaveOutOwnPlaces(config: MediaConfig, settings: OwnSettings): Promise<MediaConfig> {
  const ownPaths = await resolveAll(listOwnPaths(settings));
  const warnings = new Map<string, WarningPlace>();
  const categories = await Promise.all(
    config.categories.map(async (category, index) => {
      const { places, settings } = findPlaces(await resolveLinks(category.rootPath), ownPaths);
      if (places.length === 0) return category;
      const key = `categories[${index}].root_path`;
      warnings.set(describe(category, [...settings]), { key, line: null, column: null });
      return { ...category, ownPlaces: places };
    }),
  );
  const defaultCategory = categories.find(({ key }) => key === config.defaultCategory.key) ?? config.defaultCategory;
  if (warnings.size === 0) return { ...config, categories, defaultCategory };
  return {
    ...config,
    categories,
    defaultCategory,
    warnings: [...config.warnings, ...[...warnings.keys()].sort()],
    warningPlaces: new Map([...(config.warningPlaces ?? []), ...warnings]),
  };
}

function listOwnPaths({ dataDir, logDir, mediaConfigPath, databaseUrl }: OwnSettings): OwnPath[] {
  const database = databasePathOf(databaseUrl);
  const databaseFiles = ['', '-wal', '-shm', '-journal', '-lock', '-restore'];
  return [
    { setting: 'DATA_DIR', path: dataDir },
    // Where DATA_DIR is the root or holds it, the root stays, without these.
    ...Object.values(dataFolders).map((name) => ({ setting: 'DATA_DIR', path: join(dataDir, name) })),
    { setting: 'LOG_DIR', path: logDir },
    { setting: 'LOG_DIR', path: join(logDir, 'media_deletions.log') },
    { setting: 'MEDIA_CONFIG', path: resolve(mediaConfigPath) },
    { setting: '.env', path: resolve('.env') },
    ...(database === null ? [] : databaseFiles.map((end) => ({ setting: 'DATABASE_URL', path: database + end }))),
  ];
}

async function resolveAll(ownPaths: readonly OwnPath[]): Promise<OwnPath[]> {
  return Promise.all(ownPaths.map(async ({ setting, path }) => ({ setting, path: await resolveLinks(path) })));
}

/** Resolves the links of what exists of a path. */
async function resolveLinks(path: string): Promise<string> {
  if (!isAbsolute(path)) return path;
  return orAfter(resolveExisting(path), patienceMs, path);
}

async function resolveExisting(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    // Nothing is there yet, or it may not be looked at: then its parent decides.
    const parent = dirname(path);
    return parent === path ? path : join(await resolveExisting(parent), basename(path));
  }
}

function findPlaces(root: string, ownPaths: readonly OwnPath[]): { places: string[]; settings: Set<string> } {
  const inside = ownPaths.filter(({ path }) => path !== root && isWithin(path, root));
  const outermost = inside.filter(
    ({ path }) => !inside.some((other) => other.path !== path && isWithin(path, other.path)),
  );
  return {
    places: [...new Set(outermost.map(({ path }) => relative(root, path).split(sep).join('/')))].sort(),
    settings: new Set(outermost.map(({ setting }) => setting)),
  };
}

function describe({ key, rootPath }: CategoryConfig, settings: readonly string[]): string {
  const [what, them] = settings.length > 1 ? ['lie', 'them'] : ['lies', 'it'];
  return (
    `${settings.join(', ')} ${what} inside the root of ${key}, ${rootPath}: scans and watching leave ${them} out. ` +
    `Put ${them} elsewhere, as whatever else serves that folder, such as copyparty, serves ${them} too.`
  );
}
