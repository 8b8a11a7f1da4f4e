import { createHeaderReader, type HeaderLimits } from './header-reader.ts';
import type { MediaInfoParser } from './media-info-parser.ts';
import type { OpenMediaFile } from './open-media-file.ts';
import { UnreadableMediaError } from './probe-errors.ts';
import { streamFactsOf } from './stream-facts.ts';
import type { ProbedFacts } from './technical-metadata.ts';

/** The index of a film of four hours, at the end of an MP4, has about 8 MiB. */
const limits: HeaderLimits = { maxBytes: 16 * 1024 * 1024, maxMs: 10_000 };

/**
 * Reads the headers of an audio or video file: only the bytes that the parser asks for. Where it asks for more than the
 * limits allow, the facts get a note. Throws `UnreadableMediaError` where there is no film, sound or picture.
 */
export async function probeStream(file: OpenMediaFile, parser: MediaInfoParser): Promise<ProbedFacts> {
  const reader = createHeaderReader(file.fd, limits);
  const facts = streamFactsOf(await parser.parse(file.sizeBytes, reader));
  if (facts === null) {
    throw new UnreadableMediaError(
      'No film, sound or picture was found in the file: it is damaged, cut off, or no media.',
    );
  }
  if (reader.stoppedBy !== null) facts.technical.notes.push(stoppedNote[reader.stoppedBy]);
  return facts;
}

const stoppedNote = {
  bytes: `The headers were read for ${limits.maxBytes / 1024 / 1024} MiB, no further; the duration may be inexact.`,
  time: `The headers were read for ${limits.maxMs / 1000} seconds, no longer; the duration may be inexact.`,
};
