import type { BigIntStats } from 'node:fs';
import type { ByteSource } from './byte-source.ts';
import { FileRangeStream } from './file-range-stream.ts';
import { openInside } from '../../base/files/open-inside.ts';

export interface DiskFile {
  rootPath: string;
  /** The path below the root, with the separators of the system. */
  relativePath: string;
  contentType: string;
}

/**
 * Opens a file on the disk that is proven to lie inside its root. Every range is read through that one descriptor: a
 * file that is renamed or replaced meanwhile is delivered as it was. Throws what openInside throws.
 */
export async function openDiskSource({ rootPath, relativePath, contentType }: DiskFile): Promise<ByteSource> {
  const { handle, stats } = await openInside(rootPath, relativePath);
  const streams = new Set<FileRangeStream>();
  return {
    sizeBytes: Number(stats.size),
    modifiedAt: stats.mtime,
    contentType,
    etag: formatEtag(stats),
    open(range, signal) {
      const stream = new FileRangeStream(handle, range, signal);
      streams.add(stream);
      stream.once('close', () => streams.delete(stream));
      return stream;
    },
    async close() {
      await Promise.all(Array.from(streams, endStream));
      await handle.close();
    },
  };
}

/**
 * The tag is strong (RFC 9110 §8.8.1): nanoseconds distinguish two writes in one second, and the inode distinguishes a
 * file from one that replaced it with its time and size kept.
 */
function formatEtag({ size, mtimeNs, ino }: BigIntStats): string {
  return `"${[size, mtimeNs, ino].map((part) => part.toString(36)).join('-')}"`;
}

/** Destroys a stream. `once` of node:events would throw the error that the stream ends with, if it has one. */
function endStream(stream: FileRangeStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('close', resolve);
    stream.destroy();
  });
}
