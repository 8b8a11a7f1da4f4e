import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDemoLibrary } from '../../src/commands/write-demo-library.ts';
import { loadMediaConfig } from '../../src/base/config/load-media-config.ts';
import type { CategoryConfig } from '../../src/base/config/media-config.ts';
import { probeFiles } from '../../src/library/metadata/probe-files.task.ts';

describe('writeDemoLibrary', () => {
  let folder: string;
  let configPath: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'demo-library-'));
    ({ configPath } = await writeDemoLibrary(folder));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes a configuration of four categories that loads without a warning', async () => {
    const config = await loadMediaConfig(configPath);
    expect(config.warnings).toEqual([]);
    expect(config.defaultCategory.key).toBe('movies');
    expect(config.categories.map(({ key, rootPath }) => [key, rootPath])).toEqual([
      ['movies', join(folder, 'Movies')],
      ['tv_series', join(folder, 'TV Shows')],
      ['music', join(folder, 'Music')],
      ['photos', join(folder, 'Photos')],
    ]);
  });

  it('has media in every category whose headers can be read', async () => {
    const { categories } = await loadMediaConfig(configPath);
    const counts = await Promise.all(categories.map((category) => countReadable(category)));
    expect(counts).toEqual([
      { key: 'movies', files: 2, unreadable: [] },
      { key: 'tv_series', files: 2, unreadable: [] },
      { key: 'music', files: 7, unreadable: [] },
      { key: 'photos', files: 80, unreadable: [] },
    ]);
  });

  it('has photographs of many years that say when, where and with what they were taken', async () => {
    const path = join(folder, 'Photos/2014/Iceland/Black Beach.jpg');
    const files = [{ id: 1, path, rootPath: folder, mediaType: 'IMAGE' as const }];
    const [photo] = await probeFiles({ files, facts: { places: true } });
    expect(photo).toMatchObject({
      ok: true,
      settled: {
        capture: { localMs: Date.parse('2014-02-20T12:03:00Z'), source: 'EXIF' },
        facts: {
          camera: { make: 'Foxglove', model: 'Foxglove M2', lens: '35mm F2' },
          keywords: ['Iceland', 'winter'],
          place: { latitude: expect.closeTo(64.07, 2), longitude: expect.closeTo(-16.18, 2) },
        },
      },
    });
  });

  it('has films long enough to seek in', async () => {
    const path = join(folder, 'Movies/The_Long_Tide (2021).mp4');
    const [film] = await probeFiles({ files: [{ id: 1, path, rootPath: folder, mediaType: 'VIDEO' }] });
    expect(film).toMatchObject({ ok: true, width: 640, height: 360, durationSeconds: 20 });
  });

  it('has songs that sound', async () => {
    const path = join(folder, 'Music/The Lanterns/Harbour Songs/01 - First Light.wav');
    const [song] = await probeFiles({ files: [{ id: 1, path, rootPath: folder, mediaType: 'AUDIO' }] });
    expect(song).toMatchObject({ ok: true, durationSeconds: 4, technical: { audio: [{ codec: 'PCM', channels: 1 }] } });
    const samples = readFileSync(path).subarray(44);
    const loudest = Math.max(...new Int16Array(samples.buffer.slice(samples.byteOffset)).map(Math.abs));
    expect(loudest).toBeGreaterThan(5000);
  });

  it('has one picture that lies on its side, and one that lets through what is behind it', async () => {
    const sideways = await sharp(join(folder, 'Photos/Night/IMG_0042.jpg')).metadata();
    expect(sideways).toMatchObject({
      width: 1800,
      height: 1200,
      orientation: 6,
      autoOrient: { width: 1200, height: 1800 },
    });
    expect(await sharp(join(folder, 'Photos/Shapes/Paper Balloon.png')).stats()).toMatchObject({ isOpaque: false });
  });

  it('shows the sideways picture upright: dark pines below, a moon above', async () => {
    const { data } = await sharp(join(folder, 'Photos/Night/IMG_0042.jpg'))
      .autoOrient()
      .resize(3, 3, { fit: 'fill' })
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(data[0]).toBeGreaterThan(2 * (data[7] ?? 255));
  });

  it('leaves alone what is there, and writes what is missing', async () => {
    const kept = join(folder, 'Photos/Shapes/Rings.png');
    const lost = join(folder, 'Photos/Landscapes/Lagoon.jpg');
    const drawn = readFileSync(lost);
    writeFileSync(kept, 'changed by a person');
    writeFileSync(configPath, '# changed by a person');
    rmSync(lost);
    await writeDemoLibrary(folder);
    expect(readFileSync(kept, 'utf8')).toBe('changed by a person');
    expect(readFileSync(configPath, 'utf8')).toBe('# changed by a person');
    expect(readFileSync(lost).equals(drawn)).toBe(true);
    expect(listFiles(folder).filter((path) => path.endsWith('.unfinished'))).toEqual([]);
  });
});

async function countReadable(category: CategoryConfig) {
  const { key, mediaType, rootPath } = category;
  const extensions = category.includePatterns.map((pattern) => pattern.replace('**/*', ''));
  const paths = listFiles(rootPath).filter((path) => extensions.some((extension) => path.endsWith(extension)));
  const results = await probeFiles({ files: paths.map((path, id) => ({ id, path, rootPath, mediaType })) });
  const unreadable = results.flatMap((result) => (result.ok && result.technical.notes.length === 0 ? [] : [result]));
  return { key, files: paths.length, unreadable };
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
}
