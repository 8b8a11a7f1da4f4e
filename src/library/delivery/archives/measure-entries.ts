import PQueue from 'p-queue';
import { FileNotFoundOnDiskError, NotARegularFileError } from '../../../base/files/file-errors.ts';
import type { ArchiveEntry, OpenArchiveSource } from './archive-file.ts';
import { ArchiveFilesNotFoundError } from './archive-errors.ts';

/** An entry whose file was just opened, with the size that it had. */
export interface MeasuredEntry extends ArchiveEntry {
  sizeBytes: number;
  modifiedAt: Date;
}

const maxOpenFiles = 8;

/**
 * Opens every file once, a few at a time, before anything is sent: the client gets the exact length, and for missing
 * files an error instead of a broken connection. Throws ArchiveFilesNotFoundError, and whatever else a source throws.
 */
export async function measureEntries(
  entries: readonly ArchiveEntry[],
  openSource: OpenArchiveSource,
  signal: AbortSignal,
): Promise<MeasuredEntry[]> {
  const queue = new PQueue({ concurrency: maxOpenFiles });
  const missing: string[] = [];
  const measured: MeasuredEntry[] = [];
  try {
    await queue.addAll(
      entries.map((entry, index) => async () => {
        signal.throwIfAborted();
        try {
          measured[index] = await measure(entry, openSource, signal);
        } catch (error) {
          if (!isMissing(error)) throw error;
          missing.push(entry.file.relativePath);
        }
      }),
    );
  } finally {
    // After a failure the others are not begun, and nothing that is open outlives this function.
    queue.clear();
    await queue.onIdle();
  }
  if (missing.length > 0) throw new ArchiveFilesNotFoundError(missing);
  return measured;
}

async function measure(
  entry: ArchiveEntry,
  openSource: OpenArchiveSource,
  signal: AbortSignal,
): Promise<MeasuredEntry> {
  const source = await openSource(entry.file, signal);
  const { sizeBytes, modifiedAt } = source;
  await source.close();
  return { ...entry, sizeBytes, modifiedAt };
}

function isMissing(error: unknown): boolean {
  return error instanceof FileNotFoundOnDiskError || error instanceof NotARegularFileError;
}
