import { readSync } from 'node:fs';
import { PictureTooLargeError } from './picture-errors.ts';

/** A picture that is open and proven to lie inside its root. */
interface OpenPictureFile {
  fd: number;
  sizeBytes: number;
}

/**
 * Returns an open file in a form that libvips takes. It blocks, so only workers call it. On Linux the form is a name of
 * the very descriptor, which leads to no other file, and libvips reads no more of it than it needs. Elsewhere, and for
 * drawings, it is the bytes, within a limit. Throws PictureTooLargeError.
 */
export function pictureInput(file: OpenPictureFile): string | Buffer {
  const maxBytes = bytesToRead(file.fd);
  if (maxBytes === null) return descriptorName(file);
  if (file.sizeBytes > maxBytes) throw new PictureTooLargeError(file.sizeBytes, maxBytes);
  return readHead(file, file.sizeBytes);
}

/** Does as `pictureInput` where the header alone is needed: a large file is read only as far as that takes. */
export function pictureHeaderInput(file: OpenPictureFile): string | Buffer {
  return bytesToRead(file.fd) === null
    ? descriptorName(file)
    : readHead(file, Math.min(file.sizeBytes, maxMarkupBytes));
}

const megabyte = 1024 * 1024;
const maxMarkupBytes = 16 * megabyte;
const maxPictureBytes = 128 * megabyte;

/** The most bytes to read; null where the descriptor can be named instead. */
function bytesToRead(fd: number): number | null {
  if (isMarkup(fd)) return maxMarkupBytes;
  return process.platform === 'linux' ? null : maxPictureBytes;
}

function descriptorName({ fd }: OpenPictureFile): string {
  return `/proc/self/fd/${fd}`;
}

const head = Buffer.alloc(64);

/** Whether the file is XML, or may be compressed XML: libvips looks for SVG in both. */
function isMarkup(fd: number): boolean {
  const text = head.toString('latin1', 0, readSync(fd, head, 0, head.length, 0));
  return /^(?:\xef\xbb\xbf)?\s*</.test(text) || /^(?:\xff\xfe|\xfe\xff)/.test(text) || text.startsWith('\x1f\x8b');
}

function readHead({ fd }: OpenPictureFile, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const bytesRead = readSync(fd, bytes, filled, length - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
