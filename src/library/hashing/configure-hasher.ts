import type { MediaConfigStore } from '../../base/config/media-config-store.ts';
import type { Settings } from '../../base/config/settings.ts';
import type { AllowedRoots } from './allowed-path.ts';
import { createHasher, type Hasher, type HashPool } from './hasher.ts';
import { createMockHasher } from './mock-hasher.ts';

interface HasherParts {
  pool: HashPool;
  mediaConfig: Pick<MediaConfigStore, 'current'>;
  findHash: Parameters<typeof createMockHasher>[0]['findHash'];
}

/** Creates a hasher for the roots of the categories, as they are configured now, and for the roots of the settings. */
export function configureHasher(settings: Settings, { pool, mediaConfig, findHash }: HasherParts): Hasher {
  const hasher = createHasher({
    pool,
    roots: () => fileRootsOf(settings, mediaConfig),
  });
  return settings.mockHasher ? createMockHasher({ hasher, findHash }) : hasher;
}

/** The folders that files are hashed in, now. */
export function fileRootsOf(
  { modelRoots }: Pick<Settings, 'modelRoots'>,
  mediaConfig: Pick<MediaConfigStore, 'current'>,
): AllowedRoots {
  const roots = mediaConfig.current().categories.map(({ rootPath }) => rootPath);
  return { paths: [...roots, ...modelRoots], setting: 'MODEL_ROOTS' };
}
