import { readSync } from 'node:fs';
import { constants } from 'node:os';
import { FilmPartMissingError, UnreadableFilmError } from './film-errors.ts';
import type { FilmFile, FilmLimits } from './film.ts';
import type { NativeFFmpeg, NativeIOContext } from './native-ffmpeg.ts';

export interface FilmInput {
  io: NativeIOContext;
  /** Throws UnreadableFilmError or FilmPartMissingError where reading failed since the last check. */
  check(): void;
}

/**
 * Gives FFmpeg a film's bytes through its descriptor, up to a limit: an index that lies makes it read on and on. It
 * opens nothing by a name.
 */
export function createFilmInput(
  ffmpeg: NativeFFmpeg,
  { fd, sizeBytes, parts }: FilmFile,
  { maxBytes, deadline }: Pick<FilmLimits, 'maxBytes' | 'deadline'>,
): FilmInput {
  let position = 0;
  let leftBytes = maxBytes;
  let fault: Error | null = null;
  const fail = (error: unknown): number => {
    fault ??= error instanceof Error ? error : new Error(String(error));
    return -constants.errno.EIO;
  };

  function read(size: number): Buffer | null | number {
    if (performance.now() > deadline) return fail(new Error('it takes too long.'));
    if (leftBytes <= 0) return fail(new Error(`it is not found within ${maxBytes} bytes.`));
    const end =
      parts === undefined ? sizeBytes : parts.find((part) => part.start <= position && position < part.end)?.end;
    if (end === undefined && position < sizeBytes) return fail(new FilmPartMissingError(position));
    try {
      const buffer = Buffer.allocUnsafe(Math.min(size, Math.max(0, (end ?? sizeBytes) - position)));
      const count = readSync(fd, buffer, 0, buffer.length, position);
      position += count;
      leftBytes -= count;
      return count === 0 ? null : buffer.subarray(0, count);
    } catch (error) {
      return fail(error);
    }
  }

  function seek(offset: bigint, whence: number): bigint | number {
    if (whence === askSize) return BigInt(sizeBytes);
    const base = [0, position, sizeBytes][whence & ~force] ?? 0;
    const wanted = base + Number(offset);
    if (wanted < 0) return -constants.errno.EINVAL;
    position = wanted;
    return BigInt(wanted);
  }

  const io = new ffmpeg.IOContext();
  io.allocContextWithCallbacks(bufferBytes, 0, read, null, seek);
  return {
    io,
    check() {
      const found = fault;
      fault = null;
      if (found === null) return;
      throw found instanceof FilmPartMissingError ? found : new UnreadableFilmError(found.message, { cause: found });
    },
  };
}

/** AVSEEK_SIZE and AVSEEK_FORCE of FFmpeg. */
const askSize = 0x10000;
const force = 0x20000;

const bufferBytes = 64 * 1024;
