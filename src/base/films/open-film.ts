import { openExecutableFilm } from './executable-film.ts';
import { NoFilmDecoderError } from './film-errors.ts';
import type { FilmFile, FilmLimits, OpenFilm } from './film.ts';
import { openNativeFilm } from './native-film.ts';

/**
 * Opens a film with the program that is set, else with the libraries that npm brought, else with the system's ffmpeg.
 * Throws UnreadableFilmError, and NoFilmDecoderError where there is none of them.
 */
export async function openFilm(ffmpegPath: string | null, file: FilmFile, limits: FilmLimits): Promise<OpenFilm> {
  if (ffmpegPath !== null) return openExecutableFilm(ffmpegPath, file, limits);
  try {
    return openNativeFilm(file, limits);
  } catch (error) {
    if (!(error instanceof NoFilmDecoderError)) throw error;
    return openExecutableFilm(systemProgram, file, limits);
  }
}

/** The name by which the system's own ffmpeg is found. */
export const systemProgram = 'ffmpeg';
