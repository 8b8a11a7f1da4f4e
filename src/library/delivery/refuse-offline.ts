import type { Roots } from '../roots/roots.ts';
import type { OpenSource, SourceFile } from './choose-source.ts';
import { CategoryOfflineError } from './delivery-errors.ts';
import { FileNotFoundOnDiskError, FileUnreadableError } from '../../base/files/file-errors.ts';

interface RefuseOfflineOptions {
  openSource: OpenSource;
  roots: Pick<Roots, 'whyOffline'>;
  /**
   * Whether the root is checked before the file is opened. It must be where files come from the disk alone, which may
   * be a wrong one.
   */
  checksFirst: boolean;
}

/**
 * Makes `openSource` throw CategoryOfflineError for a file of an offline category; otherwise it throws what it threw.
 */
export function refuseOffline({ openSource, roots, checksFirst }: RefuseOfflineOptions): OpenSource {
  async function refuseIfOffline({ category, rootPath }: SourceFile): Promise<void> {
    const reason = await roots.whyOffline({ key: category, rootPath });
    if (reason !== null) throw new CategoryOfflineError(reason);
  }

  return async (file, options) => {
    if (checksFirst) await refuseIfOffline(file);
    try {
      return await openSource(file, options);
    } catch (error) {
      const isOutOfReach = error instanceof FileNotFoundOnDiskError || error instanceof FileUnreadableError;
      if (isOutOfReach) await refuseIfOffline(file);
      throw error;
    }
  };
}
