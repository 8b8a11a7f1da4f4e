import { demuxers } from './demuxers.ts';
import { UnreadableFilmError } from './film-errors.ts';
import { createFilmInput, type FilmInput } from './film-input.ts';
import type { FilmFile, FilmFrame, FilmLimits, FrameRequest, OpenFilm } from './film.ts';
import { openFilmDecoder, type FilmDecoder } from './film-decoder.ts';
import { filterFrame } from './filter-frame.ts';
import { loadNativeFFmpeg, type NativeFormatContext, type NativeStream } from './native-ffmpeg.ts';

/** A film that may be brought here piece by piece. */
export interface NativeFilm extends OpenFilm {
  /**
   * Goes to the key frame at or before a moment. Throws FilmPartMissingError where the way there is not here; the film has to
   * be opened anew then, as the demuxer takes an index that it could not read for none.
   */
  seek(seconds: number): void;
  /** Reads the next key frame without decoding it. Throws FilmPartMissingError where it is not here; one can go on then. */
  readKeyFrame(): void;
}

/**
 * Opens a film with FFmpeg's libraries. Throws UnreadableFilmError, FilmPartMissingError, and NoFilmDecoderError where they are
 * missing.
 */
export function openNativeFilm(file: FilmFile, limits: FilmLimits): NativeFilm {
  const ffmpeg = loadNativeFFmpeg();
  const input = createFilmInput(ffmpeg, file, limits);
  const format = new ffmpeg.FormatContext();
  format.allocContext();
  format.pb = input.io;
  let isOpen = false;
  let decoder: FilmDecoder | undefined;

  function close(): void {
    decoder?.close();
    if (isOpen) format.closeInputSync();
    input.io.freeContext();
  }

  try {
    ffmpeg.Option.set(format, 'format_whitelist', demuxers, 0);
    isOpen = format.openInputSync('', null, null) >= 0;
    input.check();
    if (!isOpen) throw new UnreadableFilmError('it is in no known format of films.');
    const stream = findFilmStream(format, input);
    const opened = openFilmDecoder({ ffmpeg, format, stream, limits, input });
    decoder = opened;
    const { seek, readKeyFrame } = opened;
    return { durationSeconds: durationOf(format, stream), frame, seek, readKeyFrame, close };
  } catch (error) {
    close();
    throw error;
  }

  async function frame(request: FrameRequest): Promise<FilmFrame | null> {
    const found = decoder?.decode(request) ?? null;
    if (found === null) return null;
    return filterFrame(ffmpeg, found.frame, { ...found, longestSide: limits.longestSide });
  }
}

/** Finds the moving picture: covers are streams too. Reads into the film where its headers say too little. */
function findFilmStream(format: NativeFormatContext, input: FilmInput): NativeStream {
  const isTold = /^(?:mov|matroska)/.test(format.iformat?.name ?? '');
  const told = isTold ? pickStream(format) : null;
  if (told !== null && told.codecpar.width > 0 && durationOf(format, told) !== null) return told;
  format.probesize = BigInt(probeBytes);
  format.findStreamInfoSync(null);
  input.check();
  const found = pickStream(format);
  if (found === null) throw new UnreadableFilmError('it has no moving picture.');
  return found;
}

const probeBytes = 5 * 2 ** 20;

function pickStream({ streams }: NativeFormatContext): NativeStream | null {
  const films = (streams ?? []).filter(
    ({ codecpar, disposition }) => codecpar.codecType === video && (disposition & stillPictures) === 0,
  );
  return films.toSorted((a, b) => rankOf(b) - rankOf(a))[0] ?? null;
}

/** The default one comes first, then the largest. */
function rankOf({ disposition, codecpar: { width, height } }: NativeStream): number {
  return (disposition & isDefault) * 2 ** 40 + width * height;
}

const video = 0;
const isDefault = 0x1;
/** AV_DISPOSITION_ATTACHED_PIC, and AV_DISPOSITION_TIMED_THUMBNAILS. */
const stillPictures = 0x400 | 0x800;

function durationOf(format: NativeFormatContext, { duration, timeBase }: NativeStream): number | null {
  const seconds = (Number(duration) * timeBase.num) / timeBase.den;
  if (seconds > 0 && Number.isFinite(seconds)) return seconds;
  return format.duration > 0n ? Number(format.duration) / 1e6 : null;
}
