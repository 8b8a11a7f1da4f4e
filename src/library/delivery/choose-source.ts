import type { Logger } from 'pino';
import type { ByteSource, ExpectedRange } from './byte-source.ts';
import { FileNotFoundOnDiskError } from '../../base/files/file-errors.ts';
import { openDiskSource, type DiskFile } from './disk-source.ts';

/** Where bytes come from: `auto` is copyparty, and the disk while that is down. */
export type BytesFrom = 'copyparty' | 'disk' | 'auto';

export interface SourceFile extends DiskFile {
  /** The key of the category whose root holds it. */
  category: string;
  /** Where copyparty serves the category's root. */
  copypartyPath: string;
}

export interface OpenOptions {
  /** Ends the opening, and what is read from the source. */
  signal: AbortSignal;
  /** The bytes that will probably be wanted: a source that is far away gives them together with its facts. */
  expected?: ExpectedRange | null;
}

export type OpenSource = (file: SourceFile, options: OpenOptions) => Promise<ByteSource>;

/** The same files, as copyparty serves them. */
export interface UpstreamSources {
  open: OpenSource;
  /** The tag that `open` gives to a file of that size and date. */
  etagOf(file: SourceFile, facts: Pick<ByteSource, 'sizeBytes' | 'modifiedAt'>): string;
  /** Whether copyparty answers, and since when it has been so. */
  state(): { isUp: boolean; since: Date };
  /** Whether `open` failed because copyparty gives nothing now, and not because it gives no such file. */
  isOutage(error: unknown): boolean;
}

interface ChooseSourceOptions {
  bytesFrom: BytesFrom;
  /** Null where none is configured: then everything comes from the disk. */
  upstream: UpstreamSources | null;
  log: Pick<Logger, 'warn'>;
}

/** Opens a file where the settings and the state of copyparty say. Throws what the sources throw. */
export function chooseSource({ bytesFrom, upstream, log }: ChooseSourceOptions): OpenSource {
  if (upstream === null || bytesFrom === 'disk') return openDiskSource;
  if (bytesFrom === 'copyparty') return upstream.open;
  const fallBack = createFallback(upstream, log);

  return async (file, options) => {
    // Nobody waits for a copyparty that is known to be down, if the file is at hand.
    const atHand = upstream.state().isUp ? null : await fallBack(file);
    if (atHand !== null) return atHand;
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

/** Gives the file from the disk, or null where it is not there: the category's root may be on copyparty's machine alone. */
function createFallback(upstream: UpstreamSources, log: Pick<Logger, 'warn'>) {
  let notedOutage: Date | undefined;
  return async (file: SourceFile): Promise<ByteSource | null> => {
    let source: ByteSource;
    try {
      source = await openDiskSource(file);
    } catch (error) {
      if (error instanceof FileNotFoundOnDiskError) return null;
      throw error;
    }
    const { isUp, since } = upstream.state();
    if (!isUp && notedOutage !== since) {
      notedOutage = since;
      log.warn('while copyparty is down, bytes come from the disk');
    }
    // A player that goes on in the middle of a file need not notice that its bytes come from elsewhere now.
    return { ...source, etag: upstream.etagOf(file, source) };
  };
}
