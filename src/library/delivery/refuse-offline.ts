import type { Roots } from '../roots/roots.ts';
import type { OpenSource, SourceFile } from './choose-source.ts';
import { CategoryOfflineError } from './delivery-errors.ts';
import { FileNotFoundOnDiskError, FileUnreadableError } from '../../base/files/file-errors.ts';

interface RefuseOfflineOptions {
  openSource: OpenSource;
  roots: Pick<Roots, 'whyOffline'>;
  /** Whether files come from the disk alone: then one of a wrong disk must not be opened. */
  looksFirst: boolean;
}

/** Tells files that are out of reach for a while from files that are gone. Throws what `openSource` throws else. */
export function refuseOffline({ openSource, roots, looksFirst }: RefuseOfflineOptions): OpenSource {
  async function refuseIfOffline({ category, rootPath }: SourceFile): Promise<void> {
    const reason = await roots.whyOffline({ key: category, rootPath });
    if (reason !== null) throw new CategoryOfflineError(reason);
  }

  return async (file, options) => {
    if (looksFirst) await refuseIfOffline(file);
    try {
      return await openSource(file, options);
    } catch (error) {
      const isOutOfReach = error instanceof FileNotFoundOnDiskError || error instanceof FileUnreadableError;
      if (isOutOfReach) await refuseIfOffline(file);
      throw error;
    }
  };
}
