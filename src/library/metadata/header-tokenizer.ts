import { readSync } from 'node:fs';
import { AbstractTokenizer, EndOfStreamError, type IReadChunkOptions } from 'strtok3';
import type { HeaderLimits } from './header-reader.ts';

interface FileToRead {
  fd: number;
  sizeBytes: number;
  /** Its name tells the format where the content does not; nothing is opened by it. */
  path: string;
}

const windowBytes = 64 * 1024;
/** A jump to somewhere else mostly reads a few bytes there, and then jumps again. */
const jumpBytes = 4 * 1024;

/**
 * Gives music-metadata the bytes of an open file, within limits: beyond them, the file is at its end. What a broken file
 * claims to have is not allocated.
 */
export class HeaderTokenizer extends AbstractTokenizer {
  readonly fileInfo: { size: number; path: string };
  readonly #fd: number;
  readonly #limits: HeaderLimits;
  readonly #deadline: number;
  readonly #window = Buffer.allocUnsafe(windowBytes);
  #start = 0;
  #end = 0;
  #bytesRead = 0;

  constructor({ fd, sizeBytes, path }: FileToRead, limits: HeaderLimits) {
    super({ maxBufferSize: limits.maxBytes });
    this.fileInfo = { size: sizeBytes, path };
    this.#fd = fd;
    this.#limits = limits;
    this.#deadline = performance.now() + limits.maxMs;
  }

  override supportsRandomAccess(): boolean {
    return true;
  }

  setPosition(position: number): void {
    this.position = position;
  }

  override async readBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { position } = this.normalizeOptions(target, options);
    const length = await this.peekBuffer(target, options);
    this.position = position + length;
    return length;
  }

  override async peekBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { length: wanted, position, mayBeLess } = this.normalizeOptions(target, options);
    let length = 0;
    while (length < wanted) {
      const chunk = this.#read(position + length, wanted - length);
      if (chunk.length === 0) break;
      target.set(chunk, length);
      length += chunk.length;
    }
    if (length < wanted && !mayBeLess) throw new EndOfStreamError();
    return length;
  }

  /** Returns some of the bytes from a position on; none at the end, or past a limit. */
  #read(position: number, wanted: number): Buffer {
    if (position < this.#start || position >= this.#end) this.#fill(position, wanted);
    const from = position - this.#start;
    return this.#window.subarray(from, Math.min(from + wanted, this.#end - this.#start));
  }

  #fill(position: number, wanted: number): void {
    const isJump = position !== this.#end;
    this.#start = this.#end = position;
    if (this.#bytesRead >= this.#limits.maxBytes || performance.now() > this.#deadline) return;
    const length = isJump ? Math.min(Math.max(jumpBytes, wanted), windowBytes) : windowBytes;
    const count = readSync(this.#fd, this.#window, 0, length, position);
    this.#bytesRead += count;
    this.#end = position + count;
  }
}
