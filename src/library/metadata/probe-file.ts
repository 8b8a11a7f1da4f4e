import { basename } from 'node:path';
import type { MediaType } from '../../base/config/media-config.ts';
import type { MediaInfoParser } from './media-info-parser.ts';
import { checkNotEmpty, type OpenMediaFile } from './open-media-file.ts';
import { UnreadableMediaError } from './probe-errors.ts';
import { probePicture } from './probe-picture.ts';
import { probeStream } from './probe-stream.ts';
import type { ProbedFile } from './technical-metadata.ts';

interface ProbeOptions {
  /** The name tells a camera's own format. */
  filename: string;
  mediaType: MediaType;
  parser: MediaInfoParser;
  /** A picture with more pixels gets a note. */
  maxPixels: number;
}

/** Reads the headers of an open file. Throws a `DomainError` that says why they cannot be read. */
export async function probeFile(file: OpenMediaFile, options: ProbeOptions): Promise<ProbedFile> {
  checkNotEmpty(file);
  return options.mediaType === 'IMAGE' ? probeAnyPicture(file, options) : probeAnyStream(file, options);
}

/** Sound has tags of its own. */
async function probeAnyStream(file: OpenMediaFile, { filename, mediaType, parser }: ProbeOptions): Promise<ProbedFile> {
  return probeStream(file, parser, { filename: basename(filename), isMusic: mediaType === 'AUDIO' });
}

/** MediaInfo knows the size of some pictures that nothing here decodes. */
async function probeAnyPicture(
  file: OpenMediaFile,
  { filename, parser, maxPixels }: ProbeOptions,
): Promise<ProbedFile> {
  try {
    return await probePicture(file, filename, maxPixels);
  } catch (error) {
    if (!(error instanceof UnreadableMediaError)) throw error;
    const facts = await probeStream(file, parser, { filename: basename(filename), isTimed: false }).catch(
      (second: unknown) => {
        // The message of libvips about a picture says more than that no film was found in it.
        throw second instanceof UnreadableMediaError ? error : second;
      },
    );
    if (facts.width === null) throw error;
    facts.technical.notes.unshift(error.message);
    return facts;
  }
}
