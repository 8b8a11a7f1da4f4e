import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import PQueue from 'p-queue';
import { toStorageError } from '../../base/errors/storage-error.ts';
import { FileTooLargeError } from './ingest-errors.ts';

// What arrives during a write is written together: few large writes cost half of many small ones. Many uploads at once share
// these bytes, so that each takes the event loop, for its hash, for a tenth of a millisecond only.
const sharedBytes = 8 * 1024 ** 2;
const minWriteBytes = 64 * 1024;
const maxWriteBytes = 1024 ** 2;
let writing = 0;
/** An upload that waits here is not read any further, so the event loop handles a few at a time, however many come. */
const stores = new PQueue({ concurrency: 8 });

// The disk is at work while the rest is still coming in, so that little is left to wait for at the end.
const flushBytes = 64 * 1024 ** 2;

type Proceed = (error?: Error | null) => void;

/** Writes an open, empty file, and hashes what it writes. Emits FileTooLargeError and StorageError. */
export class IncomingWriter extends Writable {
  readonly #handle: FileHandle;
  readonly #maxBytes: number;
  readonly #hash = createHash('sha256');
  #flushing: Promise<void> | null = null;
  #flushedBytes = 0;
  sizeBytes = 0;

  constructor(handle: FileHandle, maxBytes: number) {
    super({ highWaterMark: Math.min(maxWriteBytes, Math.max(minWriteBytes, Math.floor(sharedBytes / (writing + 1)))) });
    writing += 1;
    this.#handle = handle;
    this.#maxBytes = maxBytes;
  }

  /** SHA-256 of all that was written, in hexadecimal; may be called once, at the end. */
  digest(): string {
    return this.#hash.digest('hex');
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, proceed: Proceed): void {
    this.#store([chunk], proceed);
  }

  override _writev(chunks: { chunk: Buffer }[], proceed: Proceed): void {
    this.#store(
      chunks.map(({ chunk }) => chunk),
      proceed,
    );
  }

  /** Waits for the flush under way, which may still fail. */
  override _final(proceed: Proceed): void {
    if (this.#flushing === null) proceed();
    else void this.#flushing.then(() => proceed());
  }

  override _destroy(error: Error | null, proceed: Proceed): void {
    writing -= 1;
    proceed(error);
  }

  #store(buffers: Buffer[], proceed: Proceed): void {
    const position = this.sizeBytes;
    for (const { length } of buffers) this.sizeBytes += length;
    if (this.sizeBytes > this.#maxBytes) {
      proceed(new FileTooLargeError(this.#maxBytes));
      return;
    }
    const stored = stores.add(async () => {
      if (this.destroyed) return;
      const written = this.#writeAll(buffers, position);
      // The hash is computed while the disk is at work.
      for (const buffer of buffers) this.#hash.update(buffer);
      await written;
      this.#flushBehind();
    });
    stored.then(
      () => proceed(),
      (error: unknown) => proceed(toStorageError(error, 'Writing the upload') as Error),
    );
  }

  /** A failure ends the upload: the system reports it once, and lets the next flush succeed. */
  #flushBehind(): void {
    if (this.#flushing !== null || this.sizeBytes - this.#flushedBytes < flushBytes) return;
    this.#flushedBytes = this.sizeBytes;
    this.#flushing = this.#handle.datasync().then(
      () => void (this.#flushing = null),
      (error: unknown) => void this.destroy(toStorageError(error, 'Writing the upload') as Error),
    );
  }

  /** The system may write only a part at a time, such as up to where the disk is full. */
  async #writeAll(buffers: Buffer[], position: number): Promise<void> {
    let left = buffers;
    for (let at = position; left.length > 0;) {
      const { bytesWritten } = await this.#handle.writev(left, at);
      at += bytesWritten;
      left = after(left, bytesWritten);
    }
  }
}

function after(buffers: Buffer[], bytes: number): Buffer[] {
  let skipped = 0;
  for (const [index, buffer] of buffers.entries()) {
    if (skipped + buffer.length > bytes) return [buffer.subarray(bytes - skipped), ...buffers.slice(index + 1)];
    skipped += buffer.length;
  }
  return [];
}
