// What a picture for a whole screen (2560 pixels) costs beside sharp alone, which decodes, shrinks and writes the same file
// with the same settings in the same process: no more than 1.25 times as long.
// HEIC is left out: sharp brings no decoder of HEVC to measure against.
//   npx tsx test/bench/screens.ts [MEGAPIXELS] [ROUNDS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { longestSides } from '../../src/library/delivery/posters/picture-origin.ts';
import { renderPicture } from '../../src/library/delivery/posters/render-picture.task.ts';
import { drawPhotograph } from './draw-photograph.ts';

const megapixels = Number(process.argv[2] ?? 50);
const rounds = Number(process.argv[3] ?? 5);
const limit = 1.25;
const longestSide = longestSides.screen;

const folder = mkdtempSync(join(tmpdir(), 'bench-screens-'));
try {
  await drawPhotograph(folder, 1, { megapixels, hasAlpha: false });
  const jpeg = join(folder, '1.jpg');
  await sharp(jpeg).png({ compressionLevel: 1 }).toFile(join(folder, '1.png'));
  await sharp(jpeg).resize({ width: 4000 }).avif({ quality: 60, effort: 0 }).toFile(join(folder, '1.avif'));
  for (const name of ['1.jpg', '1.png', '1.avif']) await compare(name);
} finally {
  rmSync(folder, { recursive: true });
}

/** The two take turns, so that whatever else the machine does counts for both. */
async function compare(name: string): Promise<void> {
  const ours: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < rounds + 1; round += 1) {
    ours.push(await time(() => renderHere(name)));
    alone.push(await time(() => renderAlone(join(folder, name))));
  }
  // The first round loads the libraries.
  const [here, there] = [median(ours.slice(1)), median(alone.slice(1))];
  const ratio = here / there;
  const verdict = ratio <= limit ? 'within' : 'OVER';
  process.stdout.write(
    `${name.padEnd(8)} ${Math.round(here)} ms, sharp alone ${Math.round(there)} ms: ${ratio.toFixed(2)}, ${verdict} ${limit}\n`,
  );
  if (ratio > limit) process.exitCode = 1;
}

async function renderHere(relativePath: string): Promise<void> {
  const source = { kind: 'file', rootPath: folder, relativePath, isTolerant: true } as const;
  const result = await renderPicture({ source, longestSide, maxPixels: 120_000_000 });
  if (!result.ok) throw new Error(result.message);
}

async function renderAlone(path: string): Promise<void> {
  await sharp(path)
    .autoOrient()
    .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80, effort: 2 })
    .toBuffer();
}

async function time(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
