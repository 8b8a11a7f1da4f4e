import { basename } from 'node:path';
import type { MediaType } from '../../base/config/media-config.ts';
import { bytesOfFile } from '../../base/pictures/picture-bytes.ts';
import { readMusicTags } from './facts/music-facts.ts';
import { createNotes } from './facts/notes.ts';
import { readPictureTagsAlone, type ReadFacts } from './facts/picture-facts.ts';
import type { MediaInfoParser } from './media-info-parser.ts';
import { checkNotEmpty, type OpenMediaFile } from './open-media-file.ts';
import { UnreadableMediaError } from './probe-errors.ts';
import { probePicture } from './probe-picture.ts';
import { describeStream, probeStream } from './probe-stream.ts';
import { readSoundTracks } from './sound/sound-tracks.ts';
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

/** Sound has tags of its own, and its streams are mostly so plain that they need no MediaInfo. */
async function probeAnyStream(file: OpenMediaFile, { filename, mediaType, parser }: ProbeOptions): Promise<ProbedFile> {
  const stream = { filename: basename(filename), isMusic: mediaType === 'AUDIO' };
  if (!stream.isMusic) return probeStream(file, parser, stream);
  const tags = await readTags(file, filename);
  const tracks = tags.isPlain ? readSoundTracks(file) : null;
  const probed = tracks === null ? await probeStream(file, parser, stream) : describeStream(tracks, file, stream);
  return { ...probed, ...(probed.read && { read: tags.addTo(probed.read) }) };
}

async function readTags(file: OpenMediaFile, path: string) {
  const notes = createNotes();
  const { music, isPlain } = await readMusicTags({ ...file, path }, notes);
  const addTo = ({ facts, dates }: ReadFacts): ReadFacts => ({
    dates,
    facts: { ...facts, ...(music && { music }), notes: [...(facts.notes ?? []), ...notes.list] },
  });
  return { isPlain, addTo };
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
  if (mediaType === 'AUDIO') return (await readTags(file, filename)).addTo({ facts: {}, dates: [] });
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
