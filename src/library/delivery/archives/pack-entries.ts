import { addAbortSignal, Readable, type PassThrough } from 'node:stream';
import { ZipFile } from './zip-file.ts';
import { sizeOfZip } from './zip-size.ts';
import type { ByteStream } from '../byte-source.ts';
import type { OpenArchiveSource } from './archive-file.ts';
import { ArchiveEntryChangedError } from './archive-errors.ts';
import type { MeasuredEntry } from './measure-entries.ts';

export interface PackedArchive {
  /** The size of the whole archive, known before the first byte since media are stored uncompressed. */
  sizeBytes: number;
  /** Opens one file after the other as the archive is read. A failure of one of them breaks the stream. */
  open(signal: AbortSignal): ByteStream;
}

/** Packs the entries into a zip, under their names and with their modification times. No file is open before `open`. */
export function packEntries(entries: readonly MeasuredEntry[], openSource: OpenArchiveSource): PackedArchive {
  return {
    sizeBytes: sizeOfZip(
      entries.map(({ name, sizeBytes, modifiedAt }) => ({ name, sizeBytes, hasMoment: hasMoment(modifiedAt) })),
      hasLargeEnd(entries),
    ),
    open(signal) {
      const zip = new ZipFile();
      const output = zip.outputStream as PassThrough;
      let current: ByteStream | undefined;
      addAbortSignal(signal, output);
      output.once('close', () => current?.destroy());
      zip.on('error', fail);
      fillZip(zip, entries, (entry, give) => {
        openEntry(entry, openSource, signal, fail).then((stream) => {
          current = stream;
          if (output.destroyed) stream.destroy();
          else give(null, stream);
        }, fail);
      });
      // yazl passes the sources' own chunks through, so they can go back to where they came from.
      return Object.assign(output, { recycle: (chunk: Buffer) => current?.recycle?.(chunk) });

      function fail(error: Error): void {
        output.destroy(error);
      }
    },
  };
}

type Give = (error: Error | null, stream: Readable) => void;

// An entry takes so many bytes in the directory at the archive's end, beside its name.
const directoryEntryBytes = 46 + 9 + 28;

/** Adds the entries, which yazl then opens one after the other. */
function fillZip(
  zip: ZipFile,
  entries: readonly MeasuredEntry[],
  openStream: (entry: MeasuredEntry, give: Give) => void,
): void {
  for (const entry of entries) {
    const mtime = representable(entry.modifiedAt);
    const options = { compress: false, size: entry.sizeBytes, mtime, forceDosTimestamp: !hasMoment(entry.modifiedAt) };
    zip.addReadStreamLazy(entry.name, options, (give) => openStream(entry, give));
  }
  zip.end({ forceZip64Format: hasLargeEnd(entries), comment: '' });
}

/** yazl 3.3 announces, from 64 KiB of directory on, the large form of the archive's end and writes the small one. */
function hasLargeEnd(entries: readonly MeasuredEntry[]): boolean {
  return entries.reduce((sum, { name }) => sum + directoryEntryBytes + Buffer.byteLength(name), 0) >= 0xffff;
}

/** Opens an entry as a stream that closes its source. Its errors go to `fail`, since yazl does not handle them. */
async function openEntry(
  entry: MeasuredEntry,
  openSource: OpenArchiveSource,
  signal: AbortSignal,
  fail: (error: Error) => void,
): Promise<ByteStream> {
  const source = await openSource(entry.file, signal);
  try {
    if (source.sizeBytes !== entry.sizeBytes) {
      throw new ArchiveEntryChangedError(entry.name, entry.sizeBytes, source.sizeBytes);
    }
    // An empty file has no range.
    const isEmpty = entry.sizeBytes === 0;
    const stream = isEmpty ? Readable.from([]) : await source.open({ start: 0, end: entry.sizeBytes - 1 }, signal);
    stream.once('error', fail);
    stream.once('close', () => void source.close().catch(fail));
    return stream;
  } catch (error) {
    await source.close();
    throw error;
  }
}

const firstDosYear = new Date(1980, 0, 1);

/** A zip counts time from 1980 on (APPNOTE 4.4.6); for one before 1970 yazl throws, where nobody could catch it. */
function representable(date: Date): Date {
  return date >= firstDosYear ? date : firstDosYear;
}

/** A zip says moments in 32 bits, up to 2038; of later ones it has the clock time alone. */
function hasMoment(date: Date): boolean {
  return date.getTime() < 2 ** 31 * 1000;
}
