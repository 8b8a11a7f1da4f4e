import { DomainError } from '../../../base/errors/domain-error.ts';
import { openInside } from '../../../base/files/open-inside.ts';
import { FilmPartMissingError, UnreadableFilmError } from '../../../base/films/film-errors.ts';
import type { FilmFile, FilmLimits, FilmPart } from '../../../base/films/film.ts';
import { type NativeFilm, openNativeFilm } from '../../../base/films/native-film.ts';
import { planTiles, tileSide } from './storyboard-layout.ts';

export interface LocateTilesInput {
  rootPath: string;
  relativePath: string;
  maxPixels: number;
  /** The parts of the file that are there. */
  parts: readonly FilmPart[];
  /** Of so many tiles the first one is looked for. */
  stride: number;
}

/** Errors are plain data, since error classes do not survive the way out of the worker. */
export type LocateTilesResult = Located | { ok: false; code: string; message: string };

interface Located {
  ok: true;
  /** How many tiles the film has with a stride of 1; null as long as its headers are not there. */
  count: number | null;
  /** From where on bytes are missing, each place once, for all tiles that can be looked for now. */
  missing: number[];
}

/** Tells what is still missing of a film for the tiles of its storyboard. Nothing is decoded. */
export async function locateTiles(input: LocateTilesInput): Promise<LocateTilesResult> {
  const { rootPath, relativePath, maxPixels, parts, stride } = input;
  try {
    const { handle, stats } = await openInside(rootPath, relativePath);
    try {
      const file = { fd: handle.fd, sizeBytes: Number(stats.size), parts };
      const limits = { maxPixels, maxBytes, longestSide: tileSide, deadline: performance.now() + maxMs };
      return { ok: true, ...locate(file, limits, stride) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}

function locate(file: FilmFile, limits: FilmLimits, stride: number): Pick<Located, 'count' | 'missing'> {
  const missing = new Set<number>();
  let plan: ReturnType<typeof planTiles> | null = null;
  let film: NativeFilm | null = null;
  /** Whether all bytes are there for it. */
  const canDo = (work: () => void): boolean => {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof FilmPartMissingError)) throw error;
      missing.add(error.position);
      return false;
    }
  };
  try {
    for (let index = 0; plan === null || index < plan.count; index += stride) {
      if (film === null && !canDo(() => (film = openNativeFilm(file, limits)))) break;
      const opened: NativeFilm = film!;
      plan ??= planOf(opened);
      const seconds = index * plan.intervalSeconds;
      if (canDo(() => opened.seek(seconds))) {
        canDo(() => opened.readKeyFrame());
      } else {
        opened.close();
        film = null;
      }
    }
  } finally {
    (film as NativeFilm | null)?.close();
  }
  return { count: plan?.count ?? null, missing: [...missing] };
}

function planOf({ durationSeconds }: NativeFilm) {
  if (durationSeconds === null) throw new UnreadableFilmError('it does not say how long it is.');
  return planTiles(durationSeconds);
}

/** As for the storyboard of a film that is here; what is fetched has limits of its own. */
const maxBytes = 2 ** 30;
/** It reads from this disk, and decodes nothing. */
const maxMs = 20_000;
