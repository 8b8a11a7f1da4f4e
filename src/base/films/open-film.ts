import { openExecutableFilm } from './executable-film.ts';
import { NoFilmDecoderError } from './film-errors.ts';
import type { FilmFile, FilmLimits, OpenFilm } from './film.ts';
import { openNativeFilm } from './native-film.ts';

/**
 * Opens a film with the program that is set, else with the libraries that npm brought, else with the system's ffmpeg.
 * Throws UnreadableFilmError, NoFilmDecoderError where there is none of them, and FilmPartMissingError.
 */
export async function openFilm(ffmpegPath: string | null, file: FilmFile, limits: FilmLimits): Promise<OpenFilm> {
  // A program cannot say what part it misses.
  if (ffmpegPath !== null && file.parts === undefined) return openExecutableFilm(ffmpegPath, file, limits);
  try {
    return openNativeFilm(file, limits);
  } catch (error) {
    if (!(error instanceof NoFilmDecoderError) || file.parts !== undefined) throw error;
    return openExecutableFilm(systemProgram, file, limits);
  }
}

/** The name by which the system's own ffmpeg is found. */
export const systemProgram = 'ffmpeg';
