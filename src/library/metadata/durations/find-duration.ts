import type { OpenMediaFile } from '../open-media-file.ts';
import { countFrames, isOfConstantRate, type FoundDuration } from './count-frames.ts';
import { findFlacDuration } from './flac-duration.ts';
import { findMatroskaDuration } from './matroska-duration.ts';

/**
 * Finds the duration of a file whose headers do not say it, by its frames. Null where the container, by MediaInfo's
 * name, has none that can be counted, or where it is broken.
 */
export function findDuration(file: OpenMediaFile, container: string): FoundDuration | null {
  const found = finders[container]?.(file) ?? null;
  return found !== null && found.seconds > 0 && Number.isFinite(found.seconds) ? found : null;
}

/** Whether what MediaInfo says of the duration can be believed. */
export function isDurationCertain(file: OpenMediaFile, container: string): boolean {
  return container !== 'MPEG Audio' || isOfConstantRate(file);
}

const finders: Readonly<Record<string, (file: OpenMediaFile) => FoundDuration | null>> = {
  'MPEG Audio': (file) => countFrames(file),
  ADTS: (file) => countFrames(file),
  FLAC: findFlacDuration,
  Matroska: findMatroskaDuration,
  WebM: findMatroskaDuration,
};
