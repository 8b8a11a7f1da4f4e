import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Extract, type Header } from 'tar-stream';
import { DomainError } from '../../base/errors/domain-error.ts';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { streamToFile } from '../../base/files/stream-to-file.ts';
import { isEntryName, manifestEntry, type ManifestLine } from './archive-layout.ts';
import { BackupDamagedError } from './backup-errors.ts';
import { compareManifests } from './compare-manifests.ts';

interface UnpackOptions {
  /** Path of the archive. */
  path: string;
  /** Path to which an entry is written. */
  targetOf(name: string): string;
  /** Path of a manifest of what is read, to be compared with that of the archive. */
  manifestPath: string;
  /** Called when an entry is written; may throw where the rest is not wanted. */
  onEntry(name: string): Promise<void>;
  signal: AbortSignal;
}

/**
 * Writes and flushes an archive's entries, one after the other, and checks by its manifest that all are there as they were
 * written. Throws BackupDamagedError, StorageError.
 */
export async function unpackArchive({ path, targetOf, manifestPath, onEntry, signal }: UnpackOptions): Promise<void> {
  const entries = extract();
  const broken = new AbortController();
  const stopped = AbortSignal.any([signal, broken.signal]);
  const found = await open(manifestPath, 'w');
  // The iterator is made before the first byte is read: an entry without a listener is never emitted again.
  const iterator = entries[Symbol.asyncIterator]();
  pipeline(createReadStream(path, { highWaterMark: 512 * 1024 }), entries, { signal }).catch((error: unknown) =>
    broken.abort(error),
  );
  let isEnded = false;
  try {
    for await (const entry of untilBroken(iterator, broken.signal)) {
      const { name, size } = checkHeader(entry.header);
      if (isEnded) throw new BackupDamagedError(`"${name}" stands behind its end`);
      const sha256 = await writeDown(entry, targetOf(name), stopped);
      isEnded = name === manifestEntry;
      const line: ManifestLine = { name, sizeBytes: size, sha256 };
      if (!isEnded) await found.write(`${JSON.stringify(line)}\n`);
      await onEntry(name);
    }
  } catch (error) {
    throw signal.aborted ? error : toFault(broken.signal.aborted ? broken.signal.reason : error);
  } finally {
    entries.destroy();
    await found.close();
  }
  if (!isEnded) throw new BackupDamagedError('its end is missing');
  await compareManifests(targetOf(manifestEntry), manifestPath);
}

/** Ends the iteration with the error where the archive breaks off between two entries, when the tar reader emits nothing. */
async function* untilBroken(iterator: AsyncIterator<Entry>, broken: AbortSignal): AsyncGenerator<Entry> {
  const breaking = new Promise<never>((_, reject) =>
    broken.addEventListener('abort', () => reject(broken.reason as Error), { once: true }),
  );
  breaking.catch(() => undefined); // it may break while an entry is read, which fails by itself then
  for (;;) {
    broken.throwIfAborted();
    const next = await Promise.race([iterator.next(), breaking]);
    if (next.done) return;
    yield next.value;
  }
}

/** Writes and flushes an entry; returns its SHA-256. */
async function writeDown(entry: Entry, target: string, signal: AbortSignal): Promise<string> {
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await streamToFile(target, entry, { through: hashing, flags: 'wx', flush: true, signal });
  return hash.digest('hex');
}

function checkHeader(header: Header): Header {
  const { name, type } = header;
  if (type !== 'file' || !isEntryName(name)) {
    throw new BackupDamagedError(`it has an entry "${name.slice(0, 200)}", which no backup has`);
  }
  return header;
}

/** The readable stream of an entry, whose type the package does not export. */
type Entry = Extract extends AsyncIterable<infer Each> ? Each : never;

/** Converts errors. Those of the tar reader have no code of the system. */
function toFault(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EEXIST') return new BackupDamagedError('it has an entry twice', { cause: error });
  const known = toStorageError(error, 'Restoring the backup');
  if (known instanceof DomainError) return known;
  return new BackupDamagedError('it is no tar file, or only a part of one', { cause: error });
}
