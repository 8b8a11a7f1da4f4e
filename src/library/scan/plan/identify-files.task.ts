import { createHash } from 'node:crypto';
import { closeSync, readSync } from 'node:fs';
import { fingerprintFile } from '../../metadata/fingerprint.ts';
import { openMediaFile } from '../../metadata/open-media-file.ts';

export interface IdentifyInput {
  files: readonly { rootPath: string; path: string }[];
  /** The fingerprint reads three samples of a file, SHA-256 all of it. */
  by: 'fingerprint' | 'sha256';
}

/** Returns the fingerprint or the SHA-256 of each file; null for one that cannot be read. */
export function identifyFiles({ files, by }: IdentifyInput): (string | null)[] {
  const identify = by === 'sha256' ? sha256File : fingerprintFile;
  return files.map(({ rootPath, path }) => identify(path, rootPath));
}

const chunk = Buffer.allocUnsafe(256 * 1024);

function sha256File(path: string, rootPath: string): string | null {
  try {
    const { fd } = openMediaFile(path, rootPath);
    try {
      const hash = createHash('sha256');
      for (let length = readSync(fd, chunk); length > 0; length = readSync(fd, chunk))
        hash.update(chunk.subarray(0, length));
      return hash.digest('hex');
    } finally {
      closeSync(fd);
    }
  } catch {
    return null; // A file that cannot be read equals no other.
  }
}
