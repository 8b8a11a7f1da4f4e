import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

interface PartFacts {
  /** When bytes last came; where there are none, when the facts were written. */
  mtimeMs: number;
  /** Whether the bytes and readable facts are there. */
  isWhole(): Promise<boolean>;
}

/**
 * Removes abandoned uploads from the folder of resumable uploads. Each is a file of bytes and a file of facts, which
 * has the same name with `.json` after it.
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

/** Removes the facts last: after a kill in between, they show that half an upload is left. */
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
