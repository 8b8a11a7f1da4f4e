import type { Logger } from 'pino';
import { formatEtag } from '../copyparty/file-answer.ts';
import { joinCopypartyPath } from '../copyparty/copyparty-address.ts';
import type { Copyparty } from '../copyparty/copyparty.ts';
import { UpstreamError, UpstreamRefusedError } from '../copyparty/copyparty-errors.ts';
import { openCopypartySource, type CopypartyFile, type OpenOptions } from '../copyparty/copyparty-source.ts';
import type { ByteSource } from './byte-source.ts';
import { FileNotFoundOnDiskError } from './delivery-errors.ts';
import { openDiskSource, type DiskFile } from './disk-source.ts';

/** Where bytes come from: `auto` is copyparty, and the disk while that is down. */
export type BytesFrom = 'copyparty' | 'disk' | 'auto';

type SourceFile = CopypartyFile & DiskFile;

export type OpenSource = (file: SourceFile, options: OpenOptions) => Promise<ByteSource>;

interface ChooseSourceOptions {
  bytesFrom: BytesFrom;
  /** Null where none is configured: then everything comes from the disk. */
  copyparty: Pick<Copyparty, 'get' | 'head' | 'state'> | null;
  log: Pick<Logger, 'warn'>;
}

/** Opens a file where the settings and the state of copyparty say. Throws what the sources throw. */
export function chooseSource({ bytesFrom, copyparty, log }: ChooseSourceOptions): OpenSource {
  if (copyparty === null || bytesFrom === 'disk') return openDiskSource;
  if (bytesFrom === 'copyparty') return (file, options) => openCopypartySource(copyparty, file, options);
  const fallBack = createFallback(copyparty, log);

  return async (file, options) => {
    // Nobody waits for a copyparty that is known to be down, if the file is at hand.
    const atHand = copyparty.state().isUp ? null : await fallBack(file);
    if (atHand !== null) return atHand;
    try {
      return await openCopypartySource(copyparty, file, options);
    } catch (error) {
      options.signal.throwIfAborted();
      if (!isOutage(error)) throw error;
      const source = await fallBack(file);
      if (source === null) throw error;
      return source;
    }
  };
}

/** Not a refusal: that is a fault in the settings, which has to show, and copyparty's "no" is not for us to overrule. */
function isOutage(error: unknown): boolean {
  return error instanceof UpstreamError && !(error instanceof UpstreamRefusedError);
}

/** Gives the file from the disk, or null where it is not there: the category's root may be on copyparty's machine alone. */
function createFallback(copyparty: Pick<Copyparty, 'state'>, log: Pick<Logger, 'warn'>) {
  let notedOutage: Date | undefined;
  return async (file: SourceFile): Promise<ByteSource | null> => {
    let source: ByteSource;
    try {
      source = await openDiskSource(file);
    } catch (error) {
      if (error instanceof FileNotFoundOnDiskError) return null;
      throw error;
    }
    const { isUp, since } = copyparty.state();
    if (!isUp && notedOutage !== since) {
      notedOutage = since;
      log.warn('while copyparty is down, bytes come from the disk');
    }
    return withEtagOfCopyparty(source, file);
  };
}

/** A player that goes on in the middle of a file need not notice that its bytes come from elsewhere now. */
function withEtagOfCopyparty(source: ByteSource, { copypartyPath, relativePath }: SourceFile): ByteSource {
  const { sizeBytes, modifiedAt } = source;
  const isYoung = toSeconds(modifiedAt.getTime()) === toSeconds(Date.now());
  const path = joinCopypartyPath(copypartyPath, relativePath);
  return { ...source, etag: formatEtag(path, sizeBytes, modifiedAt.getTime(), isYoung) };
}

function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
