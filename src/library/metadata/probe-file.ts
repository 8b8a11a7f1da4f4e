import { basename } from 'node:path';
import type { MediaType } from '../../base/config/media-config.ts';
import { bytesOfFile } from '../../base/pictures/picture-bytes.ts';
import { readMusicFacts } from './facts/music-facts.ts';
import { createNotes } from './facts/notes.ts';
import { readPictureTagsAlone, type ReadFacts } from './facts/picture-facts.ts';
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
  const isMusic = mediaType === 'AUDIO';
  const probed = await probeStream(file, parser, { filename: basename(filename), isMusic });
  const read = probed.read && (isMusic ? await addMusicFacts(probed.read, file, filename) : probed.read);
  return { ...probed, ...(read && { read }) };
}

async function addMusicFacts({ facts, dates }: ReadFacts, file: OpenMediaFile, path: string): Promise<ReadFacts> {
  const notes = createNotes();
  const music = await readMusicFacts({ ...file, path }, notes);
  return { dates, facts: { ...facts, ...(music && { music }), notes: [...(facts.notes ?? []), ...notes.list] } };
}

/**
 * Reads the tags of a file whose sound or picture could not be found, such as one that was cut off behind them. Null where
 * there is no reader for them alone.
 */
export async function readTagsAlone(
  file: OpenMediaFile,
  { filename, mediaType }: Pick<ProbeOptions, 'filename' | 'mediaType'>,
): Promise<ReadFacts | null> {
  if (file.sizeBytes === 0) return null;
  if (mediaType === 'AUDIO') return addMusicFacts({ facts: {}, dates: [] }, file, filename);
  return mediaType === 'IMAGE' ? readPictureTagsAlone(bytesOfFile(file), filename) : null;
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
