import { closeSync, fstatSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { FilmFrame, FilmLimits, OpenFilm } from '../../../src/base/films/film.ts';
import { openFilm } from '../../../src/base/films/open-film.ts';

export function filmFixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
}

const limits = { maxPixels: 1_000_000, maxBytes: 10_000_000, longestSide: 960 };

interface Options extends Partial<FilmLimits> {
  ffmpegPath?: string | null;
}

/** Opens a film for as long as it is used. */
export async function withFilm<T>(
  path: string,
  use: (film: OpenFilm) => Promise<T>,
  options: Options = {},
): Promise<T> {
  const { ffmpegPath = null, ...other } = options;
  const fd = openSync(path, 'r');
  try {
    const file = { fd, sizeBytes: fstatSync(fd).size };
    const film = await openFilm(ffmpegPath, file, { ...limits, deadline: performance.now() + 60_000, ...other });
    try {
      return await use(film);
    } finally {
      film.close();
    }
  } finally {
    closeSync(fd);
  }
}

/** The colour of a place, given in shares of width and height. */
export function pixelAt({ data, width, height, channels }: FilmFrame, x: number, y: number): number[] {
  const start = (Math.floor(y * height) * width + Math.floor(x * width)) * channels;
  return Array.from(data.subarray(start, start + channels));
}

/** What a colour is nearest to. */
export function nameOf([r = 0, g = 0, b = 0]: readonly number[]): string {
  if (Math.max(r, g, b) < 40) return 'black';
  return r > 200 && g < 60 && b < 60 ? 'red' : b > 200 && r < 60 && g < 60 ? 'blue' : `${r} ${g} ${b}`;
}

/** The colours of the left and the right half of a picture. */
export async function halvesOf(picture: Uint8Array): Promise<string[]> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  return [0.25, 0.75].map((share) => {
    const start = (Math.floor(info.height / 2) * info.width + Math.floor(info.width * share)) * info.channels;
    return nameOf([...data.subarray(start, start + 3)]);
  });
}
