import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { demoConfig } from './demo-library/demo-config.ts';
import { demoMelodies } from './demo-library/demo-melodies.ts';
import { demoPictures } from './demo-library/demo-pictures.ts';
import { demoVideos, findDemoVideos } from './demo-library/demo-videos.ts';
import { drawPicture } from './demo-library/draw-picture.ts';
import { renderMelody } from './demo-library/render-melody.ts';

/**
 * Writes a small library of films, series, music and pictures into the folder, with its configuration, and returns the
 * absolute path of that. Whatever is there already stays as it is. Throws `DemoVideosMissingError` outside a checkout.
 */
export async function writeDemoLibrary(folder: string): Promise<{ configPath: string }> {
  const videos = findDemoVideos();
  const root = resolve(folder);
  for (const { path, fixture } of demoVideos) await writeOnce(join(root, path), () => readFile(join(videos, fixture)));
  for (const { path, notes } of demoMelodies) await writeOnce(join(root, path), () => renderMelody(notes, 0.5));
  for (const picture of demoPictures) await writeOnce(join(root, picture.path), () => drawPicture(picture));
  // The configuration comes last: where it is, the library is complete.
  const configPath = join(root, 'config', 'watch_media_dirs.yml');
  await writeOnce(configPath, () => demoConfig);
  return { configPath };
}

/** Writes under another name first: an interrupted run leaves no half of a file that the next one would leave alone. */
async function writeOnce(path: string, produce: () => string | Buffer | Promise<Buffer>): Promise<void> {
  if (existsSync(path)) return;
  const unfinished = `${path}.${process.pid}.unfinished`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(unfinished, await produce());
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}
