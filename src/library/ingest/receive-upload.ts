import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BrokenUploadError, DomainError } from '../../base/errors/domain-error.ts';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { unfinishedName } from '../../base/files/unfinished.ts';
import { IncomingWriter } from './incoming-writer.ts';

/** A whole file in the folder for incoming files; whoever takes it over removes it. */
export interface ReceivedFile {
  path: string;
  sizeBytes: number;
  /** SHA-256 in hexadecimal. */
  sha256: string;
}

interface Incoming {
  stream: Readable;
  folder: string;
  maxBytes: number;
}

/**
 * Writes a stream to a file of its own, flushes it, and hashes it on the way. Throws FileTooLargeError, StorageError, and
 * BrokenUploadError where the stream ends with any other error; then nothing is left.
 */
export async function receiveUpload({ stream, folder, maxBytes }: Incoming): Promise<ReceivedFile> {
  const path = join(folder, `${unfinishedName()}.part`);
  try {
    const handle = await open(path, 'wx');
    try {
      const writer = new IncomingWriter(handle, maxBytes);
      await pipeline(stream, writer).catch((error: unknown) => {
        if (error instanceof DomainError) throw error;
        throw new BrokenUploadError('The file broke off before its end. Nothing of it was kept.', { cause: error });
      });
      await handle.sync();
      return { path, sizeBytes: writer.sizeBytes, sha256: writer.digest() };
    } finally {
      await handle.close();
    }
  } catch (error) {
    stream.destroy();
    await rm(path, { force: true });
    throw toStorageError(error, 'Writing the upload');
  }
}
