import { createHash } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { streamToFile } from '../../base/files/stream-to-file.ts';
import { syncFolder } from '../../base/files/sync-folder.ts';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { manifestEntry, type ManifestLine } from './archive-layout.ts';

/** An archive that is being written; it gets its name when it is whole and flushed. */
export interface ArchiveWriter {
  addText(name: string, text: string): Promise<void>;
  /** Adds a file as a stream; false where there is none. */
  addFile(name: string, path: string): Promise<boolean>;
  /** Writes the manifest, and gives the archive its name. */
  finish(): Promise<{ entries: number; sizeBytes: number }>;
  /** Removes all that was written, unless the archive is finished. */
  discard(): Promise<void>;
}

interface ArchiveWriterOptions {
  path: string;
  /** Path of a file that collects the lines of the manifest, which are too many for the memory. */
  manifestPath: string;
  signal: AbortSignal;
}

export async function openArchiveWriter({ path, manifestPath, signal }: ArchiveWriterOptions): Promise<ArchiveWriter> {
  const part = join(dirname(path), `.${basename(path)}.part`);
  await rm(part, { force: true });
  const tar = pack();
  const broken = new AbortController();
  const stopped = AbortSignal.any([signal, broken.signal]);
  // Only its user may read an archive, as it holds hashes of tokens and the keys of signed URLs.
  const written = streamToFile(part, tar, { flags: 'wx', mode: 0o600, flush: true, signal: stopped });
  // An error, such as a full disk, ends the adding of entries, which would wait for room else.
  written.catch((error: unknown) => broken.abort(error));
  const manifest = await open(manifestPath, 'w');
  let entries = 0;

  async function add(name: string, sizeBytes: number, content: Readable): Promise<void> {
    stopped.throwIfAborted();
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    const entry = tar.entry({ name, size: sizeBytes, mode: 0o600 });
    await pipeline(content, hashing, entry, { signal: stopped });
    const line: ManifestLine = { name, sizeBytes, sha256: hash.digest('hex') };
    if (name !== manifestEntry) await manifest.write(`${JSON.stringify(line)}\n`);
    entries++;
  }

  async function addFile(name: string, file: string): Promise<boolean> {
    const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (handle === null) return false;
    try {
      const { size } = await handle.stat();
      // The stream ends at the size of now, as a log may grow meanwhile.
      const content = size === 0 ? Readable.from([]) : handle.createReadStream({ end: size - 1, autoClose: false });
      await add(name, size, content);
      return true;
    } finally {
      await handle.close();
    }
  }

  return {
    addText: (name, text) => failing(add(name, Buffer.byteLength(text), Readable.from([Buffer.from(text)]))),
    addFile: (name, file) => failing(addFile(name, file)),
    async finish() {
      await failing(addFile(manifestEntry, manifestPath));
      tar.finalize();
      await failing(written);
      const { size } = await stat(part);
      await rename(part, path);
      await syncFolder(dirname(path));
      return { entries, sizeBytes: size };
    },
    async discard() {
      broken.abort();
      await written.catch(() => undefined); // the methods above have thrown it
      await manifest.close();
      await rm(part, { force: true });
    },
  };

  /** Throws the reason why the archive broke in place of the AbortError. */
  async function failing<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw toStorageError(broken.signal.aborted ? broken.signal.reason : error, 'Writing the backup');
    }
  }
}
