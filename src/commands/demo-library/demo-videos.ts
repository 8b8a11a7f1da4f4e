import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DomainError } from '../../base/errors/domain-error.ts';

class DemoVideosMissingError extends DomainError {
  readonly code = 'DEMO_VIDEOS_MISSING';
  readonly httpStatus = 500;

  constructor(folder: string) {
    super(`The demo's films should be in ${folder}: run the demo from a checkout of the repository.`);
  }
}

interface DemoVideo {
  path: string;
  /** Name of the file in the folder that `findDemoVideos` returns. */
  fixture: string;
}

export const demoVideos: DemoVideo[] = [
  { path: 'Movies/The_Long_Tide (2021).mp4', fixture: 'the-long-tide.mp4' },
  { path: 'Movies/Paper.Planets.(2019).webm', fixture: 'paper-planets.webm' },
  { path: 'TV Shows/Harbour Lights/Season 1/Harbour Lights S01E01.mp4', fixture: 'harbour-lights-1.mp4' },
  { path: 'TV Shows/Harbour Lights/Season 1/Harbour Lights S01E02.mp4', fixture: 'harbour-lights-2.mp4' },
];

/**
 * Returns the folder of the films. They are too large to be drawn at run time, and the tests play them too: so they
 * stand among the fixtures of the package that holds this file, whether it runs from the sources or compiled.
 */
export function findDemoVideos(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  const videos = join(folder, 'test', 'fixtures', 'video');
  if (!existsSync(videos)) throw new DemoVideosMissingError(videos);
  return videos;
}
