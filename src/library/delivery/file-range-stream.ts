import { read } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ByteRange, ByteStream } from './byte-source.ts';
import { chunkBytes, giveChunk, takeChunk } from './chunk-pool.ts';
import { FileShrankError } from './delivery-errors.ts';

/**
 * Reads a range through a handle that the caller closes. One chunk is read ahead while the last one is being written,
 * so a consumer that recycles is served from two buffers, however slow it is. Exactly the range is delivered: a file
 * that grows does not overrun it, one that shrinks ends the stream with FileShrankError.
 */
export class FileRangeStream extends Readable implements ByteStream {
  readonly #handle: FileHandle;
  readonly #end: number;
  #position: number;
  #isReading = false;
  #afterRead: (() => void) | null = null;
  // The map is weak, for the chunks that never come back; a chunk that came back is not in it and cannot come back
  // twice.
  readonly #lent = new WeakMap<ArrayBufferLike, Buffer>();

  constructor(handle: FileHandle, range: ByteRange, signal: AbortSignal) {
    super({ highWaterMark: chunkBytes, signal });
    this.#handle = handle;
    this.#position = range.start;
    this.#end = range.end;
  }

  recycle(chunk: Buffer): void {
    const buffer = this.#lent.get(chunk.buffer);
    if (buffer === undefined) return;
    this.#lent.delete(chunk.buffer);
    giveChunk(buffer);
  }

  override _read(): void {
    const missing = this.#end + 1 - this.#position;
    if (missing === 0) {
      this.push(null);
      return;
    }
    const buffer = takeChunk(missing);
    const wanted = Math.min(buffer.length, missing);
    this.#isReading = true;
    read(this.#handle.fd, buffer, 0, wanted, this.#position, (error, bytesRead) => {
      this.#isReading = false;
      if (!this.destroyed && !error && bytesRead > 0) {
        this.#deliver(buffer, bytesRead);
        return;
      }
      giveChunk(buffer);
      if (this.destroyed) this.#afterRead?.();
      else this.destroy(error ?? new FileShrankError(this.#position, this.#end));
    });
  }

  /**
   * Waits for the read in flight: were the handle closed meanwhile, it could read from the file that gets the same
   * descriptor next.
   */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (this.#isReading) this.#afterRead = () => callback(error);
    else callback(error);
  }

  #deliver(buffer: Buffer, bytesRead: number): void {
    this.#position += bytesRead;
    this.#lent.set(buffer.buffer, buffer);
    this.push(buffer.subarray(0, bytesRead));
  }
}
