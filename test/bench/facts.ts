// `npx tsx test/bench/facts.ts [PHOTOS] [SONGS]` reads the facts of files as the prober does, in two worker processes,
// against the tools of the field in two processes on the same files: photos against `exiftool -fast2` (limit 0.8); songs with
// their streams against music-metadata alone (limit 1.0); and the tags of songs against it, one after the other on each side
// (limit 1.0). Ratios are of files a second; above 1 the catalogue is faster. It needs exiftool.
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseFile } from 'music-metadata';
import { inBatches } from '../../src/base/async/in-batches.ts';
import { sharp } from '../../src/base/pictures/sharp.ts';
import type { MediaType } from '../../src/base/config/media-config.ts';
import { readMusicTags } from '../../src/library/metadata/facts/music-facts.ts';
import { createNotes } from '../../src/library/metadata/facts/notes.ts';
import { createWorkerPool } from '../../src/library/workers/worker-pool.ts';

const [photos = 10_000, songs = 2_000] = process.argv.slice(2).map(Number);
const rounds = 3;
const filesPerTask = 50;
const fixtures = fileURLToPath(new URL('../fixtures/probe/', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'facts-'));
const pool = createWorkerPool();

/** The peer of songs: the package alone, as its own documentation calls it. */
const readSongs = `
  import { parseFile } from 'music-metadata';
  for await (const names of process.stdin.setEncoding('utf8'))
    for (const name of names.split('\\n')) if (name !== '') await parseFile(name, { skipCovers: true });`;

try {
  await compare('photos', 'IMAGE', await makePhotos(photos), 0.8, (files) =>
    run('exiftool', ['-fast2', '-j', '-q'], files),
  );
  const music = await makeSongs(songs);
  await compare('songs with streams', 'AUDIO', music, 1, (files) =>
    run(process.execPath, ['--input-type=module', '-e', readSongs], files),
  );
  await compareTags(music);
} finally {
  await pool.close();
  await rm(folder, { recursive: true });
}

async function compare(
  what: string,
  mediaType: MediaType,
  files: readonly string[],
  limit: number,
  readByPeer: (files: readonly string[]) => Promise<void>,
): Promise<void> {
  const half = Math.ceil(files.length / 2);
  const ratios: number[] = [];
  // The first round warms both sides up, and does not count.
  for (let round = 0; round <= rounds; round++) {
    const own = await timed(async () => {
      const tasks = Array.from(inBatches(files, filesPerTask), (batch) =>
        pool.run('probeFiles', {
          files: batch.map((path, id) => ({ id, path, rootPath: folder, mediaType })),
          facts: { places: true },
        }),
      );
      const results = (await Promise.all(tasks)).flat();
      if (results.some((result) => !result.ok)) throw new Error('A file of the benchmark could not be read.');
    });
    const peer = await timed(() => Promise.all(Array.from(inBatches(files, half), readByPeer)));
    ratios.push(peer / own);
  }
  report(`${what}: ${files.length} files`, ratios, limit);
}

/** The same work on both sides, without the start of a process. */
async function compareTags(files: readonly string[]): Promise<void> {
  const ratios: number[] = [];
  // The first round warms both sides up, and does not count.
  for (let round = 0; round <= rounds; round++) {
    const own = await timed(async () => {
      for (const path of files) {
        const fd = openSync(path, 'r');
        await readMusicTags({ fd, sizeBytes: fstatSync(fd).size, path }, createNotes());
        closeSync(fd);
      }
    });
    const peer = await timed(async () => {
      for (const path of files) await parseFile(path, { skipCovers: true });
    });
    ratios.push(peer / own);
  }
  report(`tags of songs: ${files.length} files`, ratios, 1);
}

function report(what: string, ratios: readonly number[], limit: number): void {
  const median = ratios.slice(1).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  process.stdout.write(`${what}, ratio ${median.toFixed(2)} (limit ${limit})\n`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Gives a program the files' names, a line each, and waits for its end. */
async function run(command: string, args: readonly string[], files: readonly string[]): Promise<void> {
  const reads = command === 'exiftool' ? [...args, '-@', '-'] : args;
  const child = spawn(command, reads, { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(files.join('\n'));
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject).on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command}: ${code}`))));
  });
}

async function makePhotos(count: number): Promise<string[]> {
  const tags = {
    IFD0: { Make: 'Canon', Model: 'EOS R6' },
    IFD2: { DateTimeOriginal: '2024:01:31 23:59:59', OffsetTimeOriginal: '+02:00', ExposureTime: '1/250' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '2/1 15/1 0/1' },
  };
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  const create = { width: 1600, height: 1200, channels: 3, background: 'gray', noise } as const;
  const photo = await sharp({ create }).withExif(tags).jpeg().toBuffer();
  return makeCopies(count, 'photo.jpg', photo);
}

async function makeSongs(count: number): Promise<string[]> {
  const names = ['tone.mp3', 'tone.flac', 'tone.ogg'];
  const each = Math.ceil(count / names.length);
  const copies = names.map(async (name) => makeCopies(each, name, await readFile(join(fixtures, name))));
  return (await Promise.all(copies)).flat().slice(0, count);
}

async function makeCopies(count: number, name: string, bytes: Uint8Array): Promise<string[]> {
  const first = join(folder, name);
  await writeFile(first, bytes);
  const files = Array.from({ length: count }, (_, index) => join(folder, `${index} ${name}`));
  for (const batch of inBatches(files, 100)) await Promise.all(batch.map((path) => copyFile(first, path)));
  return files;
}
