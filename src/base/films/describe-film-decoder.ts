import { NoFilmDecoderError } from './film-errors.ts';
import { loadNativeFFmpeg } from './native-ffmpeg.ts';
import { systemProgram } from './open-film.ts';
import { runFFmpeg } from './run-ffmpeg.ts';

/** Says in words by what frames of films are decoded. Throws NoFilmDecoderError where by nothing. */
export async function describeFilmDecoder(ffmpegPath: string | null): Promise<string> {
  if (ffmpegPath !== null) return describeProgram(ffmpegPath);
  try {
    return `npm's FFmpeg ${loadNativeFFmpeg().getFFmpegInfo().version}`;
  } catch (error) {
    if (!(error instanceof NoFilmDecoderError)) throw error;
    return describeProgram(systemProgram).catch(() => {
      throw error;
    });
  }
}

async function describeProgram(program: string): Promise<string> {
  const limits = { maxReadBytes: Infinity, deadline: performance.now() + patienceMs };
  const { output } = await runFFmpeg(program, ['-version'], { fd: 'ignore', ...limits });
  const version = /^ffmpeg version (\S+)/.exec(output.toString())?.[1];
  if (version === undefined) throw new NoFilmDecoderError(`${program} is not ffmpeg.`);
  return `the program ${program}, version ${version}`;
}

const patienceMs = 10_000;
