import type { Logger } from 'pino';
import type { ByteSource, ExpectedRange } from './byte-source.ts';
import { FileNotFoundOnDiskError } from '../../base/files/file-errors.ts';
import { openDiskSource, type DiskFile } from './disk-source.ts';

/** Where bytes come from: `auto` is copyparty, and the disk while copyparty is down. */
export type BytesFrom = 'copyparty' | 'disk' | 'auto';

export interface SourceFile extends DiskFile {
  /** The key of the category whose root holds it. */
  category: string;
  /** Where copyparty serves the category's root. */
  copypartyPath: string;
}

export interface OpenOptions {
  /** Aborts the opening, and reads from the source. */
  signal: AbortSignal;
  /** The bytes that will probably be wanted: a remote source fetches them together with the file's size and date. */
  expected?: ExpectedRange | null;
}

export type OpenSource = (file: SourceFile, options: OpenOptions) => Promise<ByteSource>;

/** Opens the files as copyparty serves them. */
export interface UpstreamSources {
  open: OpenSource;
  /** Returns the tag that `open` gives to a file of that size and date. */
  etagOf(file: SourceFile, facts: Pick<ByteSource, 'sizeBytes' | 'modifiedAt'>): string;
  /** Returns whether copyparty answers, and since when that has been so. */
  state(): { isUp: boolean; since: Date };
  /** Whether `open` failed because copyparty serves nothing now, and not because it has no such file. */
  isOutage(error: unknown): boolean;
}

interface ChooseSourceOptions {
  bytesFrom: BytesFrom;
  /** Null where no copyparty is configured: then everything comes from the disk. */
  upstream: UpstreamSources | null;
  log: Pick<Logger, 'warn'>;
}

/**
 * Returns the function that opens a file from copyparty or the disk, as settings and copyparty's state demand. It
 * throws what the sources throw.
 */
export function chooseSource({ bytesFrom, upstream, log }: ChooseSourceOptions): OpenSource {
  if (upstream === null || bytesFrom === 'disk') return openDiskSource;
  if (bytesFrom === 'copyparty') return upstream.open;
  const fallBack = createFallback(upstream, log);

  return async (file, options) => {
    // No request waits for a copyparty that is known to be down, if the file is on the disk.
    const onDisk = upstream.state().isUp ? null : await fallBack(file);
    if (onDisk !== null) return onDisk;
    try {
      return await upstream.open(file, options);
    } catch (error) {
      options.signal.throwIfAborted();
      if (!upstream.isOutage(error)) throw error;
      const source = await fallBack(file);
      if (source === null) throw error;
      return source;
    }
  };
}

/**
 * Opens the file from the disk; null where it is not there: the category's root may be on copyparty's machine alone.
 */
function createFallback(upstream: UpstreamSources, log: Pick<Logger, 'warn'>) {
  let loggedOutage: Date | undefined;
  return async (file: SourceFile): Promise<ByteSource | null> => {
    let source: ByteSource;
    try {
      source = await openDiskSource(file);
    } catch (error) {
      if (error instanceof FileNotFoundOnDiskError) return null;
      throw error;
    }
    const { isUp, since } = upstream.state();
    if (!isUp && loggedOutage !== since) {
      loggedOutage = since;
      log.warn('while copyparty is down, bytes come from the disk');
    }
    // The tag is copyparty's: a player that goes on in the middle of a file need not notice where its bytes come from.
    return { ...source, etag: upstream.etagOf(file, source) };
  };
}
