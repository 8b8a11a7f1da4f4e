import { dirname } from 'node:path';
import type { MediaType } from '../../../../src/base/config/media-config.ts';
import type { SettledFacts } from '../../../../src/library/metadata/facts/settle-facts.ts';
import { probeFiles } from '../../../../src/library/metadata/probe-files.task.ts';

/** The facts of one file, by its absolute path, as the prober would store them. */
export async function readFactsOf(path: string, mediaType: MediaType, { places = true } = {}): Promise<SettledFacts> {
  const files = [{ id: 1, path, rootPath: dirname(path), mediaType }];
  const [result] = await probeFiles({ files, facts: { places } });
  if (result?.settled === undefined) throw new Error(`There are no facts of ${path}.`);
  return result.settled;
}
