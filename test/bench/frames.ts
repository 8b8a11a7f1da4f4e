// Frames of a film: a poster, in a worker process that runs already, through the pool, against the program ffmpeg that
// makes a WebP of the same size at the same moment (`-ss … -frames:v 1`). The poster is to be at least 0.8 times as fast.
//   npx tsx test/bench/frames.ts [FILM] [ROUNDS]
// Without a FILM, one of 30 seconds in 1080p is made first. It needs ffmpeg with libx264 and libwebp.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { createWorkerPool } from '../../src/library/workers/worker-pool.ts';

const rounds = Number(process.argv[3] ?? 10);
const folder = mkdtempSync(join(tmpdir(), 'bench-frames-'));
const pool = createWorkerPool();
try {
  const film = process.argv[2] === undefined ? makeFilm() : resolve(process.argv[2]);
  await renderPoster(film);
  const times = { poster: [] as number[], ffmpeg: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.poster.push(await timeOf(() => renderPoster(film)));
    times.ffmpeg.push(await timeOf(async () => runFFmpeg(film)));
  }
  const [poster, ffmpeg] = [medianOf(times.poster), medianOf(times.ffmpeg)];
  const ratio = ffmpeg / poster;
  console.log(`poster ${poster.toFixed(0)} ms, ffmpeg ${ffmpeg.toFixed(0)} ms: ${ratio.toFixed(2)} times as fast`);
  if (ratio < 0.8) process.exitCode = 1;
} finally {
  await pool.close();
  rmSync(folder, { recursive: true });
}

function makeFilm(): string {
  const path = join(folder, 'film.mp4');
  const source = ['-f', 'lavfi', '-i', 'mandelbrot=s=1920x1080:r=25', '-t', '30'];
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50', '-pix_fmt', 'yuv420p'];
  execFileSync('ffmpeg', ['-loglevel', 'error', ...source, ...coding, path]);
  return path;
}

async function renderPoster(film: string): Promise<void> {
  const source = { kind: 'frame', rootPath: dirname(film), relativePath: basename(film), ffmpegPath: null } as const;
  const result = await pool.run('renderPicture', { source, longestSide: 960, maxPixels: 120_000_000 });
  if (!result.ok) throw new Error(result.message);
}

function runFFmpeg(film: string): void {
  const seeking = ['-y', '-loglevel', 'error', '-nostdin', '-ss', '3', '-i', film, '-frames:v', '1'];
  execFileSync('ffmpeg', [...seeking, '-vf', 'scale=960:-2', join(folder, 'frame.webp')]);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
