import { readSync } from 'node:fs';
import type { OpenMediaFile } from '../open-media-file.ts';

/** Reads an open file forwards through a buffer of its own, with one call to the system for many small reads. */
export interface ByteWindow {
  readonly sizeBytes: number;
  /** Returns `length` bytes at `position`, valid until the next call; null where the file has fewer. */
  at(position: number, length: number): Buffer | null;
}

const windowBytes = 256 * 1024;

/** Opens a window; `length` of a read is at most 256 KiB. */
export function createByteWindow({ fd, sizeBytes }: OpenMediaFile): ByteWindow {
  const buffer = Buffer.allocUnsafe(Math.min(windowBytes, sizeBytes));
  let start = 0;
  let end = 0;
  return {
    sizeBytes,
    at(position, length) {
      if (position < 0 || position + length > sizeBytes || length > buffer.length) return null;
      if (position < start || position + length > end) {
        start = position;
        end = position + readSync(fd, buffer, 0, buffer.length, position);
        if (position + length > end) return null;
      }
      return buffer.subarray(position - start, position - start + length);
    },
  };
}

/** Returns where the sound begins: behind the tags in front of it, of which there may be several. */
export function skipTags(window: ByteWindow): number {
  for (let position = 0; ;) {
    const head = window.at(position, 10);
    if (head?.toString('latin1', 0, 3) === 'ID3') {
      const footerBytes = (head[5]! & 0x10) === 0 ? 0 : 10;
      position += 10 + synchsafe(head) + footerBytes;
      continue;
    }
    const ape = window.at(position, 32);
    if (ape?.toString('latin1', 0, 8) !== 'APETAGEX') return position;
    position += 32 + ape.readUInt32LE(12);
  }
}

/** The size in an ID3v2 header: four bytes of seven bits each. */
function synchsafe(head: Buffer): number {
  return [6, 7, 8, 9].reduce((sum, index) => sum * 128 + (head[index]! & 0x7f), 0);
}
