import { openInside } from '../../../base/files/open-inside.ts';
import { DomainError } from '../../../base/errors/domain-error.ts';
import { FilmPartMissingError, UnreadableFilmError } from '../../../base/films/film-errors.ts';
import type { FilmFrame, FilmPart, OpenFilm } from '../../../base/films/film.ts';
import { openFilm } from '../../../base/films/open-film.ts';
import { sharp } from '../../../base/pictures/sharp.ts';
import { columns, planTiles, type StoryboardLayout, tileSide } from './storyboard-layout.ts';

export interface RenderStoryboardInput {
  rootPath: string;
  relativePath: string;
  /** The program that decodes; null for what npm brought, or else the system's. */
  ffmpegPath: string | null;
  maxPixels: number;
  /** The parts of the file that are there; left out where all of it is. */
  parts?: readonly FilmPart[];
  /** Of so many tiles the first one is made; 1 where it is left out. */
  stride?: number;
}

/** Errors are plain data, since error classes do not survive the way out of the worker. */
export type RenderStoryboardResult =
  | { ok: true; layout: StoryboardLayout; sheet: Uint8Array }
  | { ok: false; code: string; message: string };

/** Renders the key frames of a film, at equal intervals, as one WebP. A film that cannot be decoded is a result. */
export async function renderStoryboard(input: RenderStoryboardInput): Promise<RenderStoryboardResult> {
  try {
    return { ok: true, ...(await renderFilm(input)) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}

async function renderFilm(input: RenderStoryboardInput) {
  const { rootPath, relativePath, ffmpegPath, maxPixels, parts, stride } = input;
  const { handle, stats } = await openInside(rootPath, relativePath);
  try {
    const limits = { maxPixels, maxBytes, longestSide: tileSide, deadline: performance.now() + maxMs };
    const film = await openFilm(ffmpegPath, { fd: handle.fd, sizeBytes: Number(stats.size), parts }, limits);
    try {
      return await drawSheet(film, stride);
    } finally {
      film.close();
    }
  } finally {
    await handle.close();
  }
}

/** Bytes that are read of a film: two hundred key frames of 4K have some 400 MB. */
const maxBytes = 2 ** 30;
/** Tiles that are not made by then are left out; the pool ends what hangs. */
const maxMs = 90_000;

async function drawSheet(film: OpenFilm, stride?: number): Promise<{ layout: StoryboardLayout; sheet: Uint8Array }> {
  const { durationSeconds } = film;
  if (durationSeconds === null) throw new UnreadableFilmError('it does not say how long it is.');
  const { intervalSeconds, count } = planTiles(durationSeconds, stride);
  const tiles = await decodeTiles(film, { intervalSeconds, count });
  const [first] = tiles;
  if (first === undefined) throw new UnreadableFilmError('it has no key frame that is whole.');
  const { width: tileWidth, height: tileHeight } = first;
  const width = tileWidth * Math.min(columns, tiles.length);
  const height = tileHeight * Math.ceil(tiles.length / columns);
  const pixels = Buffer.alloc(width * height * 3);
  tiles.forEach((tile, index) => {
    const left = (index % columns) * tileWidth;
    const top = Math.floor(index / columns) * tileHeight;
    drawTile(tile, { pixels, width, left, top, tileWidth, tileHeight });
  });
  const sheet = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .webp({ quality: 70, effort: 2 })
    .toBuffer();
  const layout = { tileWidth, tileHeight, columns, count: tiles.length, intervalSeconds, durationSeconds };
  return { layout, sheet };
}

/**
 * Decodes the tiles from the beginning on, up to a limit. Where there is no frame, the one before it stands in, and the first
 * one before all others: each tile stays at its time.
 */
export async function decodeTiles(
  film: Pick<OpenFilm, 'frame'>,
  { intervalSeconds, count }: { intervalSeconds: number; count: number },
): Promise<FilmFrame[]> {
  const tiles: FilmFrame[] = [];
  for (let index = 0; index < count; index += 1) {
    try {
      const frame = (await frameAt(film, index * intervalSeconds)) ?? tiles.at(-1);
      while (frame !== undefined && tiles.length <= index) tiles.push(frame);
    } catch (error) {
      if (tiles.length === 0 || !(error instanceof UnreadableFilmError)) throw error;
      break;
    }
  }
  return tiles;
}

/** A broken key frame is passed by, and the next one may not have been brought here: that is as if it were broken too. */
async function frameAt(film: Pick<OpenFilm, 'frame'>, seconds: number): Promise<FilmFrame | null> {
  return film.frame({ seconds }).catch((error: unknown) => {
    if (error instanceof FilmPartMissingError) return null;
    throw error;
  });
}

interface Place {
  pixels: Buffer;
  /** The width of the whole sheet. */
  width: number;
  left: number;
  top: number;
  tileWidth: number;
  tileHeight: number;
}

/** Copies a frame to its place, on black where it is transparent. A film may change its shape: what is beyond is cut off. */
function drawTile({ data, channels, ...frame }: FilmFrame, { pixels, width, left, top, ...tile }: Place): void {
  for (let y = 0; y < Math.min(frame.height, tile.tileHeight); y += 1) {
    for (let x = 0; x < Math.min(frame.width, tile.tileWidth); x += 1) {
      const from = (y * frame.width + x) * channels;
      const to = ((top + y) * width + left + x) * 3;
      const opacity = channels === 4 ? (data[from + 3] ?? 0) / 255 : 1;
      for (let channel = 0; channel < 3; channel += 1) pixels[to + channel] = (data[from + channel] ?? 0) * opacity;
    }
  }
}
