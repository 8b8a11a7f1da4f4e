import { closeSync } from 'node:fs';
import type { MediaType } from '../config/media-config.ts';
import type { MediaInfoParser } from './media-info-parser.ts';
import { openMediaFile, type OpenMediaFile } from './open-media-file.ts';
import { UnreadableMediaError } from './probe-errors.ts';
import { probePicture } from './probe-picture.ts';
import { probeStream } from './probe-stream.ts';
import type { ProbedFacts } from './technical-metadata.ts';

export interface FileToProbe {
  /** Absolute, or from `rootPath` on. */
  path: string;
  /** The file is read only where it really lies below this folder. */
  rootPath: string;
  mediaType: MediaType;
}

/** Reads the headers of one file. Throws a `DomainError` that says why they cannot be had. */
export async function probeFile(
  { path, rootPath, mediaType }: FileToProbe,
  { parser, maxPixels }: { parser: MediaInfoParser; maxPixels: number },
): Promise<ProbedFacts> {
  const file = openMediaFile(path, rootPath);
  try {
    return mediaType === 'IMAGE' ? await probeAnyPicture(file, parser, maxPixels) : await probeStream(file, parser);
  } finally {
    closeSync(file.fd);
  }
}

/** MediaInfo knows the size of some pictures that libvips was built without: RAW, JPEG 2000, … */
async function probeAnyPicture(file: OpenMediaFile, parser: MediaInfoParser, maxPixels: number): Promise<ProbedFacts> {
  try {
    return await probePicture(file, maxPixels);
  } catch (error) {
    if (!(error instanceof UnreadableMediaError)) throw error;
    const facts = await probeStream(file, parser).catch((second: unknown) => {
      // What libvips said of a picture tells more than that no film was found in it.
      throw second instanceof UnreadableMediaError ? error : second;
    });
    if (facts.width === null) throw error;
    facts.technical.notes.unshift(error.message);
    return facts;
  }
}
