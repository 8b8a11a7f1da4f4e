// npm run build && npx tsx test/bench/proxies.ts [ROUNDS]: a batch job of image proxies, with its database work,
// against two processes of Pillow (draft mode, /usr/bin/python3) and two of vipsthumbnail on the same files; the event
// loop and the memory meanwhile; and what shrinking on load costs in quality.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { drawPhotograph } from './draw-photograph.ts';

const rounds = Number(process.argv[2] ?? 5);
const work = mkdtempSync(join(tmpdir(), 'mediashelf-bench-'));

/** What `proxies-process.mjs` sends. */
interface BatchFigures {
  ms: number;
  delayMs: number;
  idleDelayMs: number;
  residentMb: number;
}

interface Kind {
  name: string;
  count: number;
  megapixels: number;
  hasAlpha: boolean;
  limits: { pillow: number; vips: number | null };
}

const kinds: Kind[] = [
  { name: '12 MP JPEG', count: 60, megapixels: 12, hasAlpha: false, limits: { pillow: 1.4, vips: 0.95 } },
  { name: '24 MP JPEG', count: 30, megapixels: 24, hasAlpha: false, limits: { pillow: 1.0, vips: 0.95 } },
  { name: '6 MP PNG with alpha', count: 16, megapixels: 6, hasAlpha: true, limits: { pillow: 1.7, vips: null } },
];

const figures: BatchFigures[] = [];
for (const kind of kinds) {
  const folder = join(work, kind.name.replaceAll(' ', '-'));
  mkdirSync(folder);
  for (let index = 0; index < kind.count; index++) await drawPhotograph(folder, index, kind);
  const pillow: number[] = [];
  const vips: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // Interleaved: whatever else the machine does meets all of them.
    const batch = await runBatch(folder, kind.count);
    const pillowMs = await runPillow(folder);
    const vipsMs = await runVips(folder);
    figures.push(batch);
    pillow.push(pillowMs / batch.ms);
    vips.push(vipsMs / batch.ms);
    console.log(
      `${kind.name}: batch ${batch.ms.toFixed(0)} ms, Pillow x2 ${pillowMs.toFixed(0)} ms, vipsthumbnail x2 ` +
        `${vipsMs.toFixed(0)} ms, loop p99 ${batch.delayMs.toFixed(2)} ms (idle ${batch.idleDelayMs.toFixed(2)}), ` +
        `resident ${batch.residentMb.toFixed(0)} MB`,
    );
  }
  report(`${kind.name}: Pillow x2 / batch`, median(pillow), 'at least', kind.limits.pillow);
  if (kind.limits.vips !== null)
    report(`${kind.name}: vipsthumbnail x2 / batch`, median(vips), 'at least', kind.limits.vips);
}
report('event loop p99 delay / idle', median(figures.map((each) => each.delayMs / each.idleDelayMs)), 'at most', 3);
report('resident memory, MB', Math.max(...figures.map((each) => each.residentMb)), 'at most', 400);
report('PSNR against a full decode, dB', await measureQuality(join(work, '12-MP-JPEG', '0.jpg')), 'at least', 50);
rmSync(work, { recursive: true });

async function runBatch(root: string, count: number): Promise<BatchFigures> {
  const data = mkdtempSync(join(work, 'data-'));
  const child = fork(fileURLToPath(new URL('proxies-process.mjs', import.meta.url)), [root, data, String(count)], {
    execArgv: [],
    // As docs/settings.md advises.
    env: { ...process.env, MALLOC_ARENA_MAX: '2' },
  });
  const [measured] = (await once(child, 'message')) as [BatchFigures];
  await once(child, 'exit');
  rmSync(data, { recursive: true });
  return measured;
}

/** Two processes of a peer, each with half of the files. */
async function runTwo(folder: string, command: (files: string[], out: string) => [string, string[]]): Promise<number> {
  const out = mkdtempSync(join(work, 'out-'));
  const files = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(folder, name));
  const halves = [0, 1].map((half) => files.filter((_file, index) => index % 2 === half));
  const startedAt = performance.now();
  await Promise.all(
    halves.map(async (half) => {
      const [program, args] = command(half, out);
      const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
      const [code] = (await once(child, 'exit')) as [number | null];
      if (code !== 0) throw new Error(`${program} ended with ${code}`);
    }),
  );
  const ms = performance.now() - startedAt;
  rmSync(out, { recursive: true });
  return ms;
}

function runPillow(folder: string): Promise<number> {
  const script = fileURLToPath(new URL('proxies-peer.py', import.meta.url));
  return runTwo(folder, (files, out) => ['/usr/bin/python3', [script, out, ...files]]);
}

function runVips(folder: string): Promise<number> {
  const size = ['--size', '1195x896>', '--vips-concurrency=1'];
  return runTwo(folder, (files, out) => ['vipsthumbnail', [...size, '-o', join(out, '%s.jpg[Q=85,strip]'), ...files]]);
}

/** Of the pixels before they are encoded: shrunk while they are decoded, against decoded in full. */
async function measureQuality(path: string): Promise<number> {
  const whole = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = whole.info;
  const [fast, full] = await Promise.all([
    shrink(sharp(path)),
    shrink(sharp(whole.data, { raw: { width, height, channels } })),
  ]);
  let squares = 0;
  for (let index = 0; index < full.length; index++) squares += ((full[index] ?? 0) - (fast[index] ?? 0)) ** 2;
  return 10 * Math.log10(255 ** 2 / (squares / full.length));
}

function shrink(picture: Sharp): Promise<Buffer> {
  return picture.resize(1195, 896, { fit: 'fill', kernel: 'lanczos3' }).removeAlpha().raw().toBuffer();
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function report(what: string, value: number, relation: 'at least' | 'at most', limit: number): void {
  const isMet = relation === 'at least' ? value >= limit : value <= limit;
  console.log(`${isMet ? 'ok    ' : 'MISSED'} ${what}: ${value.toFixed(2)}, ${relation} ${limit}`);
  if (!isMet) process.exitCode = 1;
}
