import type { CategoryConfig } from '../../base/config/media-config.ts';
import { StorageError } from '../../base/errors/storage-error.ts';
import type { Roots } from './roots.ts';

/**
 * Throws StorageError where the root of a category is not the one that was scanned: what is written there would vanish
 * when its disk is mounted, and what is missed there may be on it.
 */
export async function expectOnline(
  roots: Pick<Roots, 'recognise'>,
  category: Pick<CategoryConfig, 'key' | 'rootPath'>,
): Promise<void> {
  const recognition = await roots.recognise(category);
  if (recognition.state === 'ONLINE') return;
  throw new StorageError(
    `The category ${category.key} is offline: ${recognition.reason}. Try again when its disk is back.`,
  );
}
