import { isDeepStrictEqual } from 'node:util';
import type { MediaConfig } from '../../../base/config/media-config.ts';
import type { Database, Prisma } from '../../../base/database/database.ts';

/**
 * Stores the roots in `system_settings`, under the key `database`, where tools of the earlier services look for them:
 * `media_scan_directories` as they are now, `media_scan_root` as it was first set.
 */
export async function recordRoots({ prisma }: Database, config: MediaConfig): Promise<void> {
  const current = await prisma.systemSetting.findUnique({ where: { key: 'database' } });
  const known = isObject(current?.value) ? current.value : {};
  const value: Prisma.InputJsonObject = {
    ...(known as Prisma.InputJsonObject),
    media_scan_directories: Object.fromEntries(config.categories.map(({ key, rootPath }) => [key, rootPath])),
    media_scan_root: known.media_scan_root ?? config.defaultCategory.rootPath,
  };
  if (isDeepStrictEqual(value, known)) return;
  await prisma.systemSetting.upsert({
    where: { key: 'database' },
    create: { key: 'database', value },
    update: { value },
  });
}

function isObject(value: Prisma.JsonValue | undefined): value is Prisma.JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
