import { createWriteStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

const bufferBytes = 1024 * 1024;

/** Copies an open file, from its start and whatever became of its name, to a new one that is on the disk afterwards. */
export async function copyOpenFile(handle: FileHandle, path: string, signal?: AbortSignal): Promise<void> {
  const source = handle.createReadStream({ start: 0, autoClose: false, highWaterMark: bufferBytes });
  await pipeline(source, createWriteStream(path, { flush: true, mode: 0o600 }), { signal });
}
