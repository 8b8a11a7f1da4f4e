import { basename, parse } from 'node:path/posix';
import { InvalidInputError } from '../../../base/errors/domain-error.ts';
import type { ByteStream } from '../byte-source.ts';
import { ArchiveItemsNotFoundError, ArchiveTooLargeError, EmptyFolderError } from './archive-errors.ts';
import type { ArchiveEntry, ArchiveFile, ArchiveFiles, OpenArchiveSource } from './archive-file.ts';
import type { ArchiveUpstream } from './archive-upstream.ts';
import { measureEntries } from './measure-entries.ts';
import { nameEntries } from './name-entries.ts';
import { packEntries } from './pack-entries.ts';
import type { PreparedSelections, WantedItems } from './prepared-selections.ts';
import { safeEntryName } from './safe-entry-name.ts';
import { isPackedAlike, openUpstreamZip, toSelection, toWholeFolder, type UpstreamSelection } from './pack-upstream.ts';

/** A zip that can be sent: everything in it is known to be there. */
export interface Archive {
  /** The name that a download gets. */
  filename: string;
  /** Null where it cannot be known before the end. */
  sizeBytes: number | null;
  /** Starts the stream; it can be called once. A failure destroys the stream with an error: it never ends early. */
  open(): Promise<ByteStream>;
}

export interface ArchiveRequest {
  /** Aborts the preparations and the stream. */
  signal: AbortSignal;
  /** Whether the caller has no use for an archive of unknown size. */
  needsSize: boolean;
}

export interface Archives {
  /**
   * Packs the items. Throws InvalidInputError, ArchiveItemsNotFoundError, ArchiveFilesNotFoundError, and what a source
   * throws.
   */
  ofItems(publicIds: readonly string[], request: ArchiveRequest): Promise<Archive>;
  /**
   * Packs what somebody had prepared; `caller` is the name of whoever asks, null for the bearer of a signed URL. Throws
   * ArchiveNotPreparedError, ArchiveItemsNotFoundError, ArchiveFilesNotFoundError, and what a source throws.
   */
  ofPrepared(token: string, caller: string | null, request: ArchiveRequest): Promise<Archive>;
  /**
   * Packs the available files below a folder of a category, at any depth; `folder` is empty for the whole category.
   * Throws EmptyFolderError, ArchiveTooLargeError, ArchiveFilesNotFoundError, and what the catalogue and a source
   * throw.
   */
  ofFolder(categoryKey: string, folder: string, request: ArchiveRequest): Promise<Archive>;
}

export interface ArchivesOptions {
  files: ArchiveFiles;
  prepared: Pick<PreparedSelections, 'find'>;
  openSource: OpenArchiveSource;
  /** Returns null while copyparty is not configured, or not there. */
  findUpstream: () => ArchiveUpstream | null;
  log: { warn(details: object, message: string): void };
}

const maxItems = 1000;
const maxFolderFiles = 20_000;

export function createArchives({ files, prepared, openSource, findUpstream, log }: ArchivesOptions): Archives {
  async function pack(entries: readonly ArchiveEntry[], filename: string, signal: AbortSignal): Promise<Archive> {
    const packed = packEntries(await measureEntries(entries, openSource, signal), openSource);
    return { filename, sizeBytes: packed.sizeBytes, open: async () => packed.open(signal) };
  }

  /** Lets copyparty pack the archive where it can; whatever it does not pack is packed here. */
  async function prepare(
    entries: readonly ArchiveEntry[],
    selection: UpstreamSelection | null,
    filename: string,
    { signal, needsSize }: ArchiveRequest,
  ): Promise<Archive> {
    const upstream = needsSize || selection === null ? null : findUpstream();
    if (upstream === null || selection === null) return pack(entries, filename, signal);
    const isAlike = await attempt(signal, () => isPackedAlike(upstream, selection, signal));
    if (isAlike !== true) return pack(entries, filename, signal);
    return {
      filename,
      sizeBytes: null,
      async open() {
        const zip = await attempt(signal, () => openUpstreamZip(upstream, selection, signal));
        return zip ?? (await pack(entries, filename, signal)).open();
      },
    };
  }

  async function attempt<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      log.warn({ err: error }, 'copyparty does not pack an archive; it is packed here');
      return null;
    }
  }

  async function packItems({ publicIds, mayLack }: WantedItems, request: ArchiveRequest): Promise<Archive> {
    const found = await files.select(publicIds);
    const wanted = found.filter((file) => file !== null);
    if (wanted.length === 0 || (wanted.length < found.length && !mayLack)) {
      throw new ArchiveItemsNotFoundError(publicIds.filter((_, index) => !found[index]));
    }
    const entries = toEntries(wanted, ({ relativePath }) => basename(relativePath));
    return prepare(entries, toSelection(entries), nameOfSelection(wanted), request);
  }

  return {
    async ofItems(publicIds, request) {
      const ids = [...new Set(publicIds)];
      checkCount(ids.length);
      return packItems({ publicIds: ids, mayLack: false }, request);
    },

    async ofPrepared(token, caller, request) {
      return packItems(await prepared.find(token, caller), request);
    },

    async ofFolder(categoryKey, folder, request) {
      const found = await files.below(categoryKey, folder, maxFolderFiles + 1);
      if (found.length === 0) throw new EmptyFolderError(categoryKey, folder);
      if (found.length > maxFolderFiles) throw new ArchiveTooLargeError(maxFolderFiles);
      const top = folder === '' ? categoryKey : basename(folder);
      const begin = folder.length - basename(folder).length;
      const entries = toEntries(found, ({ relativePath }) =>
        folder === '' ? `${top}/${relativePath}` : relativePath.slice(begin),
      );
      return prepare(entries, toWholeFolder(entries, folder, top), safeEntryName(`${top}.zip`), request);
    },
  };
}

function checkCount(count: number): void {
  if (count === 0)
    throw new InvalidInputError('id', 'No item is selected: give at least one, as in /archive?id=…&id=….');
  if (count > maxItems) {
    throw new InvalidInputError('id', `${count} items are selected, and an archive takes at most ${maxItems}.`);
  }
}

function toEntries(files: readonly ArchiveFile[], nameOf: (file: ArchiveFile) => string): ArchiveEntry[] {
  const names = nameEntries(files.map(nameOf));
  return files.map((file, index) => ({ name: names[index] ?? '', file }));
}

/** Names an archive after its one file, else after the folder that its files share, else after their number. */
function nameOfSelection(files: readonly ArchiveFile[]): string {
  const { rootPath, relativePath } = files[0] as ArchiveFile;
  const { dir, name } = parse(relativePath);
  if (files.length === 1) return safeEntryName(`${name}.zip`);
  // The name of the root itself is hidden from clients.
  const share = dir !== '' && files.every((file) => file.rootPath === rootPath && parse(file.relativePath).dir === dir);
  return safeEntryName(share ? `${basename(dir)}.zip` : `${files.length} files.zip`);
}
