import { createWriteStream } from 'node:fs';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileHandle } from 'node:fs/promises';

interface StreamToFileOptions {
  /** A transform that the stream passes first. */
  through?: Transform;
  /** Flags of `open`; `w` is the default. */
  flags?: 'w' | 'wx';
  mode?: number;
  /** Whether the content is on the disk afterwards. */
  flush?: boolean;
  signal?: AbortSignal | undefined;
}

/**
 * Streams into a file. When this settles, also by an error, nothing comes to the disk any more: a `pipeline` that breaks
 * does not wait for a file that is being opened, which would then appear after the caller has removed it.
 */
export async function streamToFile(
  path: string,
  source: AsyncIterable<unknown>,
  { through, signal, ...options }: StreamToFileOptions = {},
): Promise<void> {
  const file = createWriteStream(path, options);
  const closed = new Promise<void>((resolve) => file.once('close', resolve));
  try {
    await (through ? pipeline(source, through, file, { signal }) : pipeline(source, file, { signal }));
  } finally {
    await closed;
  }
}

const bufferBytes = 1024 * 1024;

/** Copies an open file, from its start and whatever became of its name, to a new one that is on the disk afterwards. */
export async function copyOpenFile(handle: FileHandle, path: string, signal?: AbortSignal): Promise<void> {
  const source = handle.createReadStream({ start: 0, autoClose: false, highWaterMark: bufferBytes });
  await streamToFile(path, source, { flush: true, mode: 0o600, signal });
}
