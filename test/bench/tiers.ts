// Three WebP tiers of each picture, through the pool, against Pillow (one decode a picture, one process): at least 2.5 times as
// fast; and their size against the same tiers at effort 4: at most 6 % larger.
// The second depends on what they show: name a folder of photographs, since the ones made here have too little in them.
//   npx tsx test/bench/tiers.ts [ROUNDS] [FOLDER]
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PQueue from 'p-queue';
import sharp from 'sharp';
import { defaultModelImages } from '../../src/base/config/defaults.ts';
import { largestSize, pictureQualities, tierSize } from '../../src/library/model-records/picture-tiers.ts';
import { createWorkerPool } from '../../src/library/workers/worker-pool.ts';

const [rounds = '3', photographs] = process.argv.slice(2);
const made = 12;
const folder = await mkdtemp(join(tmpdir(), 'bench-tiers-'));
const pool = createWorkerPool();

const pillow = `
import sys, os, math
from PIL import Image, ImageOps
source, target = sys.argv[1:]
for name in os.listdir(source):
    picture = ImageOps.exif_transpose(Image.open(os.path.join(source, name))).convert('RGB')
    factor = min(1, math.sqrt(2_000_000 / (picture.width * picture.height)))
    high = picture.resize((int(picture.width * factor), int(picture.height * factor)), Image.LANCZOS)
    for tier, scale, quality in (('high', 1, 80), ('medium', .66, 60), ('low', .33, 45)):
        size = (round(high.width * scale), round(high.height * scale))
        (high if scale == 1 else high.resize(size, Image.LANCZOS)).save(os.path.join(target, f'{name}_{tier}.webp'), quality=quality)
`;

try {
  const source = photographs ?? join(folder, 'source');
  await writeFile(join(folder, 'pillow.py'), pillow);
  if (photographs === undefined) {
    await mkdir(source);
    for (let n = 0; n < made; n += 1) await writePhotograph(join(source, `${n}.jpg`), n);
  }
  const names = await readdir(source);
  const ratios: number[] = [];
  for (let round = 0; round <= Number(rounds); round += 1) {
    const [ours, theirs] = [join(folder, `ours-${round}`), join(folder, `theirs-${round}`)];
    await mkdir(ours);
    await mkdir(theirs);
    const oursMs = await time(() => makeAll(source, names, ours));
    const theirsMs = await time(async () =>
      // The priority of the service's own workers: whatever else the machine does takes as much from both.
      execFileSync('nice', ['-n', '19', process.env.PYTHON ?? 'python3', join(folder, 'pillow.py'), source, theirs]),
    );
    // The first one warms up.
    if (round > 0) ratios.push(theirsMs / oursMs);
  }
  const ratio = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? NaN;
  process.stdout.write(`${ratio >= 2.5 ? 'ok  ' : 'MISS'} ${ratio.toFixed(2)} times Pillow, at least 2.5\n`);
  const growth = (await sizeOf(join(folder, 'ours-0'))) / (await sizeAtEffort4(source, names)) - 1;
  const percent = (growth * 100).toFixed(1);
  process.stdout.write(`${growth <= 0.06 ? 'ok  ' : 'MISS'} ${percent} % larger than at effort 4, at most 6 %\n`);
} finally {
  await pool.close();
  await rm(folder, { recursive: true });
}

async function makeAll(source: string, names: readonly string[], target: string): Promise<void> {
  const queue = new PQueue({ concurrency: pool.threads });
  await queue.addAll(
    names.map((name) => async () => {
      const made = await pool.run('makeTiers', {
        source: { rootPath: source, relativePath: name },
        folder: target,
        name,
        profile: defaultModelImages,
        maxPixels: 120_000_000,
      });
      if (!made.ok) throw new Error(made.message);
    }),
  );
}

/** Detail at every scale, the coarser the stronger, as natural pictures have it, with some edges: 6 megapixels. */
async function writePhotograph(path: string, seed: number): Promise<void> {
  const [width, height] = seed % 2 === 0 ? [3000, 2000] : [2000, 3000];
  const shapes = Array.from({ length: 25 }, (_, n) => {
    const at = (factor: number, limit: number) => ((n + 1) * factor * (seed + 3)) % limit;
    return `<circle cx="${at(397, width)}" cy="${at(571, height)}" r="${at(31, 400) + 20}" fill="hsl(${at(47, 360)} 50% 50%)"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#678"/>${shapes.join('')}</svg>`;
  const layers = await Promise.all(
    [1, 2, 4, 8, 16, 32, 64].map(async (scale) => {
      const [columns, rows] = [Math.ceil(width / scale), Math.ceil(height / scale)];
      const noise = { type: 'gaussian', mean: 128, sigma: 8 + 3 * Math.log2(scale) } as const;
      const grain = sharp({ create: { width: columns, height: rows, channels: 3, background: '#888', noise } });
      const coarse = await grain.png({ compressionLevel: 0 }).toBuffer();
      return sharp(coarse).resize(width, height, { kernel: 'cubic' }).png({ compressionLevel: 0 }).toBuffer();
    }),
  );
  await sharp(Buffer.from(svg))
    .composite(layers.map((input) => ({ input, blend: 'soft-light' as const })))
    .removeAlpha()
    .jpeg({ quality: 92 })
    .toFile(path);
}

async function sizeAtEffort4(source: string, names: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const name of names) {
    const picture = sharp(join(source, name));
    const { autoOrient } = await picture.metadata();
    const size = largestSize(autoOrient, defaultModelImages);
    const { data, info } = await picture
      .resize({ ...size, fit: 'fill' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (const quality of pictureQualities) {
      const tier = defaultModelImages.tiers[quality];
      const sized = sharp(data, { raw: info }).resize({ ...tierSize(info, tier), fit: 'fill' });
      bytes += (await sized.webp({ quality: tier.quality, effort: 4 }).toBuffer()).length;
    }
  }
  return bytes;
}

async function sizeOf(path: string): Promise<number> {
  const sizes = await Promise.all((await readdir(path)).map(async (name) => (await stat(join(path, name))).size));
  return sizes.reduce((sum, size) => sum + size);
}

async function time(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}
