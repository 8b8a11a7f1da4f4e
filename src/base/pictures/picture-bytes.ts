import { readSync } from 'node:fs';
import { UnreadableImageError } from '../errors/domain-error.ts';
import { pictureHeaderInput, pictureInput } from './picture-input.ts';

/** The bytes of one picture, in an open file or in memory. Reading blocks, so only workers do it. */
export interface PictureBytes {
  sizeBytes: number;
  /** Returns up to `length` bytes from `position` on; fewer at the end. */
  read(position: number, length: number): Buffer;
  /** Returns the form in which libvips takes the picture. Throws PictureTooLargeError. */
  input(): string | Buffer;
  /** Does as `input` where the header alone is needed: a large file is read only as far as that takes. */
  headerInput(): string | Buffer;
}

/** The bytes of a file that is open, and proven to lie inside its root. */
export function bytesOfFile({ fd, sizeBytes }: { fd: number; sizeBytes: number }): PictureBytes {
  return {
    sizeBytes,
    input: () => pictureInput({ fd, sizeBytes }),
    headerInput: () => pictureHeaderInput({ fd, sizeBytes }),
    read(position, length) {
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, sizeBytes - position)));
      let filled = 0;
      while (filled < bytes.length) {
        const bytesRead = readSync(fd, bytes, filled, bytes.length - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
  };
}

export function bytesInMemory(bytes: Uint8Array): PictureBytes {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    sizeBytes: buffer.length,
    input: () => buffer,
    headerInput: () => buffer,
    read: (position, length) => buffer.subarray(position, position + length),
  };
}

/** Reads all of a picture whose decoder needs it in memory. Throws UnreadableImageError over the limit. */
export function readWhole(bytes: PictureBytes, maxBytes: number): Buffer {
  const { sizeBytes } = bytes;
  if (sizeBytes <= maxBytes) return bytes.read(0, sizeBytes);
  throw new UnreadableImageError(`it has ${sizeBytes} bytes; of its format at most ${maxBytes} are read.`);
}
