import type { FileHandle } from 'node:fs/promises';
import { streamToFile } from './stream-to-file.ts';

const bufferBytes = 1024 * 1024;

/** Copies an open file, from its start and whatever became of its name, to a new one that is on the disk afterwards. */
export async function copyOpenFile(handle: FileHandle, path: string, signal?: AbortSignal): Promise<void> {
  const source = handle.createReadStream({ start: 0, autoClose: false, highWaterMark: bufferBytes });
  await streamToFile(path, source, { flush: true, mode: 0o600, signal });
}
