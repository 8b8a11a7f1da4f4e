import { open } from 'node:fs/promises';
import { BackupDamagedError } from './backup-errors.ts';
import type { ManifestLine } from './archive-layout.ts';

/**
 * Compares two manifests, which have a line for each entry in the order of the archive. Throws BackupDamagedError, which
 * names the first entry that differs.
 */
export async function compareManifests(expectedPath: string, foundPath: string): Promise<void> {
  const [expected, found] = await Promise.all([open(expectedPath), open(foundPath)]);
  try {
    const others = found.readLines()[Symbol.asyncIterator]();
    for await (const line of expected.readLines()) {
      const other = await others.next();
      if (other.done) throw new BackupDamagedError(`${nameIn(line)} is missing`);
      if (other.value !== line) throw new BackupDamagedError(`${nameIn(other.value)} is not as it was written`);
    }
    const more = await others.next();
    if (!more.done) throw new BackupDamagedError(`${nameIn(more.value)} was added`);
  } finally {
    await Promise.all([expected.close(), found.close()]);
  }
}

function nameIn(line: string): string {
  try {
    return (JSON.parse(line) as ManifestLine).name;
  } catch {
    return 'its manifest'; // the line is no JSON, so the manifest is damaged itself
  }
}
