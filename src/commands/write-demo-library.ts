import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { demoConfig } from './demo-library/demo-config.ts';
import { demoMelodies } from './demo-library/demo-melodies.ts';
import { demoPictures } from './demo-library/demo-pictures.ts';
import { demoFiles, findDemoFixtures } from './demo-library/demo-files.ts';
import { drawPicture } from './demo-library/draw-picture.ts';
import { renderMelody } from './demo-library/render-melody.ts';

/**
 * Writes a small library of films, series, music and pictures into the folder, with its configuration, and returns the
 * absolute path of that. Whatever is there already stays as it is. Throws `DemoVideosMissingError` outside a checkout.
 */
export async function writeDemoLibrary(folder: string): Promise<{ configPath: string }> {
  const fixtures = findDemoFixtures();
  const root = resolve(folder);
  for (const { path, fixture, made } of demoFiles) {
    await writeOnce(join(root, path), () => readFile(join(fixtures, fixture)), new Date(made));
  }
  for (const { path, notes } of demoMelodies) {
    await writeOnce(join(root, path), () => renderMelody(notes, 0.5), new Date(made(path)));
  }
  // Sharp draws in threads of its own.
  const pictures = [...demoPictures];
  const draw = async () => {
    for (let next = pictures.pop(); next !== undefined; next = pictures.pop()) {
      const picture = next;
      await writeOnce(join(root, picture.path), () => drawPicture(picture));
    }
  };
  await Promise.all(Array.from({ length: 4 }, draw));
  // The configuration comes last: where it is, the library is complete.
  const configPath = join(root, 'config', 'watch_media_dirs.yml');
  await writeOnce(configPath, () => demoConfig);
  return { configPath };
}

/** When an album was made: without that, all would be of today. */
function made(path: string): string {
  return path.includes('Night Ferry') ? '2023-03-04' : '2018-09-01';
}

/** Writes under another name first: an interrupted run leaves no half of a file that the next one would leave alone. */
async function writeOnce(path: string, produce: () => string | Buffer | Promise<Buffer>, made?: Date): Promise<void> {
  if (existsSync(path)) return;
  const unfinished = `${path}.${process.pid}.unfinished`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(unfinished, await produce());
    if (made) await utimes(unfinished, made, made);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}
