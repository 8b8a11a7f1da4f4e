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

interface DemoFile {
  path: string;
  /** Name of the file in the folder that `findDemoFixtures` returns. */
  fixture: string;
  /** When its file says that it was made. */
  made: string;
}

export const demoFiles: DemoFile[] = [
  { path: 'Movies/The_Long_Tide (2021).mp4', fixture: 'video/the-long-tide.mp4', made: '2021-02-05' },
  { path: 'Movies/Paper.Planets.(2019).webm', fixture: 'video/paper-planets.webm', made: '2019-08-18' },
  {
    path: 'TV Shows/Harbour Lights/Season 1/Harbour Lights S01E01.mp4',
    fixture: 'video/harbour-lights-1.mp4',
    made: '2022-10-01',
  },
  {
    path: 'TV Shows/Harbour Lights/Season 1/Harbour Lights S01E02.mp4',
    fixture: 'video/harbour-lights-2.mp4',
    made: '2022-10-08',
  },
  // As telephones write them, and as no browser shows them.
  { path: 'Photos/Odd Files/IMG_1207.heic', fixture: 'probe/hevc-rotated.heic', made: '2024-11-02' },
];

/**
 * Returns the folder of the files that cannot be drawn at run time, which are the tests' too: they stand among the fixtures of the package that holds this file, whether it runs from the sources or compiled.
 */
export function findDemoFixtures(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  const fixtures = join(folder, 'test', 'fixtures');
  if (!existsSync(fixtures)) throw new DemoVideosMissingError(fixtures);
  return fixtures;
}
