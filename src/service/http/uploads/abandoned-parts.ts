import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

interface PartFacts {
  /** Of the last bytes that came; of the facts, where there are no bytes. */
  mtimeMs: number;
  /** The bytes are there, and the facts, and these can be read. */
  isWhole(): Promise<boolean>;
}

/**
 * Removes uploads from the folder of resumable ones, where each is a file of bytes and, with `.json` after the same
 * name, one of facts.
 */
export async function removeAbandonedParts(
  folder: string,
  isAbandoned: (name: string, facts: PartFacts) => boolean | Promise<boolean>,
): Promise<void> {
  const files = await readdir(folder).catch(() => []);
  const names = new Set(files.map((file) => file.replace(/\.json$/, '')));
  for (const name of names) {
    const path = join(folder, name);
    const bytes = await stat(path).catch(() => null);
    const facts = bytes ?? (await stat(`${path}.json`).catch(() => null));
    if (facts === null) continue;
    const isWhole = async () => bytes !== null && (await isReadable(`${path}.json`));
    if (await isAbandoned(name, { mtimeMs: facts.mtimeMs, isWhole })) await removePart(path);
  }
}

/** The facts go last: what is left after a kill in between is known by them to be half an upload. */
export async function removePart(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(`${path}.json`, { force: true });
}

async function isReadable(path: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(path, 'utf8'));
    return true;
  } catch {
    return false; // not there, or half written
  }
}
