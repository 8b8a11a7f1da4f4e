import type { OpenSource, SourceFile } from './choose-source.ts';
import { CategoryOfflineError } from './delivery-errors.ts';
import { FileNotFoundOnDiskError, FileUnreadableError } from '../../base/files/file-errors.ts';

interface RefuseOfflineOptions {
  openSource: OpenSource;
  /** Why the root of a file is not there, in part of a sentence; null where it is, or is not known. */
  whyOffline: (file: Pick<SourceFile, 'rootPath'>) => Promise<string | null>;
  /** Whether files come from the disk alone: then one of a wrong disk must not be opened. */
  looksFirst: boolean;
}

/** Tells files that are out of reach for a while from files that are gone. Throws what `openSource` throws else. */
export function refuseOffline({ openSource, whyOffline, looksFirst }: RefuseOfflineOptions): OpenSource {
  async function refuseIfOffline(file: SourceFile): Promise<void> {
    const reason = await whyOffline(file);
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
