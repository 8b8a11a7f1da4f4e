import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes uploads from the folder of resumable ones, where each is a file of bytes and, with `.json` after the same name, one
 * of facts. It is asked about the bytes, whose time is that of the last ones that came; facts without bytes go as well.
 */
export async function removeAbandonedParts(
  folder: string,
  isAbandoned: (name: string, facts: { mtimeMs: number }) => boolean,
): Promise<void> {
  const files = await readdir(folder).catch(() => []);
  const names = new Set(files.map((file) => file.replace(/\.json$/, '')));
  for (const name of names) {
    const path = join(folder, name);
    const facts = await stat(path).catch(() => stat(`${path}.json`).catch(() => null));
    if (facts === null || !isAbandoned(name, facts)) continue;
    await rm(path, { force: true });
    await rm(`${path}.json`, { force: true });
  }
}
