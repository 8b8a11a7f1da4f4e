import { openInside } from '../../../base/files/open-inside.ts';
import { chooseFrame } from '../../../base/films/choose-frame.ts';
import { UnreadableFilmError } from '../../../base/films/film-errors.ts';
import type { FilmFrame, FilmPart } from '../../../base/films/film.ts';
import { openFilm } from '../../../base/films/open-film.ts';
import { sharp } from '../../../base/pictures/sharp.ts';

export interface FilmPlace {
  rootPath: string;
  relativePath: string;
  /** The program that decodes; null for what npm brought, or else the system's. */
  ffmpegPath: string | null;
  /** The parts of the file that are there; left out where all of it is. */
  parts?: readonly FilmPart[];
}

interface FrameLimits {
  longestSide: number;
  maxPixels: number;
}

/**
 * Renders the frame that presents a film as WebP. Throws UnreadableFilmError, NoFilmDecoderError, and what openInside
 * throws.
 */
export async function renderFrame(
  { rootPath, relativePath, ffmpegPath, parts }: FilmPlace,
  limits: FrameLimits,
): Promise<Uint8Array> {
  const { handle, stats } = await openInside(rootPath, relativePath);
  try {
    const file = { fd: handle.fd, sizeBytes: Number(stats.size), parts };
    const film = await openFilm(ffmpegPath, file, { ...limits, maxBytes, deadline: performance.now() + maxMs });
    try {
      const frame = await chooseFrame(film);
      if (frame === null) throw new UnreadableFilmError('it has no key frame that is whole.');
      return await encodeFrame(frame);
    } finally {
      film.close();
    }
  } finally {
    await handle.close();
  }
}

async function encodeFrame({ data, ...raw }: FilmFrame): Promise<Uint8Array> {
  return sharp(data, { raw }).webp({ quality: 80, effort: 2 }).toBuffer();
}

/** Key frames of a film in 8K have some megabytes, and the index of a long one 30. */
const maxBytes = 256 * 2 ** 20;
/** What is not found by then is not worth a wait; the pool ends a decoder that hangs. */
const maxMs = 20_000;
