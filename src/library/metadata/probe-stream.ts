import type { Track } from 'mediainfo.js';
import { createHeaderReader, type HeaderLimits } from './header-reader.ts';
import type { MediaInfoParser } from './media-info-parser.ts';
import type { OpenMediaFile } from './open-media-file.ts';
import { UnreadableMediaError } from './probe-errors.ts';
import { filmFacts } from './facts/film-facts.ts';
import { streamFactsOf } from './stream-facts.ts';
import { findDuration, isDurationCertain } from './durations/find-duration.ts';
import type { ProbedFacts, ProbedFile, StreamFacts } from './technical-metadata.ts';

/** The index of a film of four hours, at the end of an MP4, has about 8 MiB. */
const limits: HeaderLimits = { maxBytes: 16 * 1024 * 1024, maxMs: 10_000 };

interface StreamOptions {
  filename: string;
  /** Whether it is sound, which is published, and not recorded somewhere. */
  isMusic?: boolean;
  /** False for a picture. */
  isTimed?: boolean;
}

/**
 * Reads the headers of an audio or video file: only the bytes that the parser asks for. Where it asks for more than the
 * limits allow, the facts get a note; so they do where nothing tells how long it is, unless it is a picture and no stream
 * in time. Throws `UnreadableMediaError` where there is no film, sound or picture.
 */
export async function probeStream(
  file: OpenMediaFile,
  parser: MediaInfoParser,
  options: StreamOptions,
): Promise<ProbedFile> {
  const reader = createHeaderReader(file.fd, limits);
  const probed = describeStream(await parser.parse(file.sizeBytes, reader), file, options);
  if (reader.stoppedBy !== null) probed.technical.notes.push(stoppedNote[reader.stoppedBy]);
  return probed;
}

/** Makes of the tracks of a file what is kept of them. Throws `UnreadableMediaError` where there is nothing. */
export function describeStream(
  tracks: readonly Track[],
  file: OpenMediaFile,
  { filename, isMusic = false, isTimed = true }: StreamOptions,
): ProbedFile {
  const facts = streamFactsOf(tracks);
  if (facts === null) {
    throw new UnreadableMediaError(
      'No film, sound or picture was found in the file: it is damaged, cut off, or no media.',
    );
  }
  if (isTimed) completeDuration(facts, file);
  return { ...facts, read: filmFacts(tracks, { filename, isMusic }) };
}

function completeDuration(facts: ProbedFacts & { technical: StreamFacts }, file: OpenMediaFile): void {
  const { technical } = facts;
  if (facts.durationSeconds !== null && isDurationCertain(file, technical.container)) return;
  const found = findDuration(file, technical.container);
  if (found !== null) {
    facts.durationSeconds = Math.round(found.seconds * 1000) / 1000;
    technical.durationBasis = found.basis;
    technical.bitRate = Math.round((file.sizeBytes * 8) / found.seconds);
  } else if (facts.durationSeconds === null) {
    technical.notes.push('The headers do not say how long it is, and it cannot be counted from what follows them.');
  }
}

const stoppedNote = {
  bytes: `The headers were read for ${limits.maxBytes / 1024 / 1024} MiB, no further; the duration may be inexact.`,
  time: `The headers were read for ${limits.maxMs / 1000} seconds, no longer; the duration may be inexact.`,
};
