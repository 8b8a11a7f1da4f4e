import PQueue from 'p-queue';
import { LostTaskError } from '../../../base/errors/domain-error.ts';
import type { FileBeside } from '../../companions/files-beside.ts';
import { isConvertible } from '../../companions/subtitle-names.ts';
import type { OpenSource, SourceFile } from '../choose-source.ts';
import { SubtitleTooLargeError, SubtitleUnreadableError } from './companion-errors.ts';
import { convertSubtitle, type ConvertSubtitleInput } from './convert-subtitle.task.ts';

/** A subtitle as players of the web read it. */
interface WebVtt {
  text: string;
  modifiedAt: Date;
}

export interface Subtitles {
  /** Throws SubtitleTooLargeError, SubtitleUnreadableError, and what a source throws. */
  convert(subtitle: { companion: FileBeside; file: SourceFile }, signal: AbortSignal): Promise<WebVtt>;
}

interface SubtitlesOptions {
  openSource: OpenSource;
  pool: { run(name: 'convertSubtitle', input: ConvertSubtitleInput): Promise<string | null> };
  maxBytes?: number;
}

export function createSubtitles({ openSource, pool, maxBytes = 16 * 2 ** 20 }: SubtitlesOptions): Subtitles {
  // What waits to be converted lies in memory.
  const queue = new PQueue({ concurrency: 4 });

  async function read(file: SourceFile, signal: AbortSignal): Promise<{ bytes: Buffer; modifiedAt: Date }> {
    const source = await openSource(file, { signal, expected: { start: 0, end: null } });
    try {
      const { sizeBytes, modifiedAt } = source;
      if (sizeBytes > maxBytes) throw new SubtitleTooLargeError(sizeBytes, maxBytes);
      const chunks: Buffer[] = [];
      if (sizeBytes > 0) {
        for await (const chunk of await source.open({ start: 0, end: sizeBytes - 1 }, signal)) {
          chunks.push(Buffer.from(chunk as Buffer));
        }
      }
      return { bytes: Buffer.concat(chunks), modifiedAt };
    } finally {
      await source.close();
    }
  }

  async function convert(input: ConvertSubtitleInput): Promise<string | null> {
    if (input.bytes.length <= maxBytesHere) return convertSubtitle(input);
    return pool.run('convertSubtitle', input).catch((error: unknown) => {
      if (!(error instanceof LostTaskError)) throw error;
      throw new SubtitleUnreadableError(error.message);
    });
  }

  return {
    convert: ({ companion, file }, signal) =>
      queue.add(async () => {
        signal.throwIfAborted();
        if (companion.subtitle === null || !isConvertible(file.relativePath)) {
          throw new SubtitleUnreadableError(
            'it is none of SubRip (.srt), WebVTT (.vtt) and SubStation Alpha (.ass, .ssa).',
          );
        }
        const { bytes, modifiedAt } = await read(file, signal);
        const text = await convert({ bytes, language: companion.subtitle.language });
        if (text === null) throw new SubtitleUnreadableError('there is no line of times in it.');
        return { text, modifiedAt };
      }),
  };
}

/** So much takes this thread a few milliseconds. */
const maxBytesHere = 64 * 1024;
