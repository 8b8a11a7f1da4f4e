import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { PictureTooLargeError } from './poster-errors.ts';

/**
 * An open file in a form that libvips takes. On Linux it is a name of the very descriptor, which stays proven to lie
 * inside its root, and libvips reads no more of it than it needs; elsewhere it is the bytes, within a limit.
 */
export async function pictureInput(handle: FileHandle, stats: BigIntStats): Promise<string | Uint8Array> {
  if (process.platform === 'linux') return `/proc/self/fd/${handle.fd}`;
  if (stats.size > maxBytes) throw new PictureTooLargeError(Number(stats.size), maxBytes);
  return handle.readFile();
}

const maxBytes = 128 * 1024 * 1024;
