import { createHash } from 'node:crypto';
import { closeSync, readSync } from 'node:fs';
import { openMediaFile, type OpenMediaFile } from './open-media-file.ts';

const sampleBytes = 64 * 1024;
// Each worker thread has one buffer: a task reads one file after the other.
const buffer = Buffer.allocUnsafe(3 * sampleBytes);

/**
 * Returns a hash of a file's size and 64 KiB each of its head, middle and tail, by which the file is recognised at
 * another path; null for a file that is empty, missing or unreadable, which cannot be recognised. The call blocks.
 */
export function fingerprintFile(path: string, rootPath: string): string | null {
  try {
    const file = openMediaFile(path, rootPath);
    try {
      return fingerprintOpenFile(file);
    } finally {
      closeSync(file.fd);
    }
  } catch {
    return null; // Code that needs the file itself reports what is wrong with it; here it only stays unknown.
  }
}

/** Returns the fingerprint of an open file; null for one that is empty or cannot be read. */
export function fingerprintOpenFile({ fd, sizeBytes }: OpenMediaFile): string | null {
  if (sizeBytes === 0) return null;
  try {
    let length = 0;
    for (const [start, end] of samplesOf(sizeBytes)) length += readSync(fd, buffer, length, end - start, start);
    // Half of a SHA-256 is more than enough to distinguish files of one size.
    return createHash('sha256').update(`${sizeBytes}:`).update(buffer.subarray(0, length)).digest('hex').slice(0, 32);
  } catch {
    return null; // The disk failed: it stays unknown, too.
  }
}

function samplesOf(sizeBytes: number): [start: number, end: number][] {
  if (sizeBytes <= buffer.length) return [[0, sizeBytes]];
  const starts = [0, Math.floor((sizeBytes - sampleBytes) / 2), sizeBytes - sampleBytes];
  return starts.map((start) => [start, start + sampleBytes]);
}
