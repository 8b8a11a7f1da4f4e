import { UnreadableFilmError } from './film-errors.ts';
import type { FilmFrame, OpenFilm } from './film.ts';

/**
 * Returns the frame that presents a film: the first of some moments that shows something, or else the best of them.
 * Null where none can be decoded.
 */
export async function chooseFrame(film: OpenFilm): Promise<FilmFrame | null> {
  const { durationSeconds } = film;
  let best: { frame: FilmFrame; score: number } | null = null;
  const requests =
    durationSeconds === null
      ? Array.from({ length: shares.length }, () => ({ seconds: null, isExact: false }))
      : [
          ...shares.map((share) => ({ seconds: durationSeconds * share, isExact: false })),
          ...exactShares.map((share) => ({ seconds: durationSeconds * share, isExact: true })),
          // The film may be shorter than it says.
          { seconds: 0, isExact: false },
        ];
  for (const request of requests) {
    const frame = await film.frame(request).catch((error: unknown) => {
      // The limits count for all moments together: what was found before them stands.
      if (best === null || !(error instanceof UnreadableFilmError)) throw error;
      return undefined;
    });
    if (frame === undefined) break;
    if (frame === null) continue;
    const score = scoreFrame(frame);
    if (score >= goodScore) return frame;
    if (best === null || score > best.score) best = { frame, score };
  }
  return best?.frame ?? null;
}

/** Where in the film, in the order in which they are tried: not in its opening or closing titles. */
const shares = [0.1, 0.2, 0.35, 0.5, 0.05, 0.75];
/** Where all key frames are dark, as in a short film with one of them, what lies between is looked at. */
const exactShares = [0.35, 0.5, 0.75];

/** Frames that show something have more. */
const goodScore = 18;

/**
 * Tells how much a frame shows: how far its pixels differ, less where nearly all are black or white, as in titles. One
 * colour has 0.
 */
function scoreFrame({ data, width, height, channels }: FilmFrame): number {
  const step = Math.max(1, Math.floor((width * height) / maxSamples)) * channels;
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  let count = 0;
  for (let index = 0; index + channels <= data.length; index += step) {
    for (let channel = 0; channel < 3; channel += 1) {
      const value = data[index + channel] ?? 0;
      sums[channel] = (sums[channel] ?? 0) + value;
      squares[channel] = (squares[channel] ?? 0) + value * value;
    }
    count += 1;
  }
  const means = sums.map((sum) => sum / count);
  const deviations = squares.map((sum, channel) => Math.sqrt(Math.max(0, sum / count - (means[channel] ?? 0) ** 2)));
  const [red = 0, green = 0, blue = 0] = means;
  const brightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return Math.max(...deviations) * Math.min(1, brightness / dark, (255 - brightness) / bright);
}

const maxSamples = 8192;
const dark = 40;
const bright = 20;
