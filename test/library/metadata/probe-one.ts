import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MediaType } from '../../../src/base/config/media-config.ts';
import { probeFiles, type ProbeResult } from '../../../src/library/metadata/probe-files.task.ts';

export const probeFixtures = fileURLToPath(new URL('../../fixtures/probe', import.meta.url));

/** The answer for one file, by its absolute path or its name among the fixtures. Its id is 7. */
export async function probeOne(path: string, mediaType: MediaType, maxPixels = Infinity): Promise<ProbeResult> {
  const rootPath = path.startsWith('/') ? join(path, '..') : probeFixtures;
  const [result] = await probeFiles({ files: [{ id: 7, path, rootPath, mediaType }], maxPixels });
  if (result === undefined) throw new Error(`There was no answer for ${path}.`);
  return result;
}
