import { byGiven, hasEnded, type UploadEntry } from './entry.ts';
import type { FileSources } from './file-sources.ts';
import type { KeptQueue } from './kept-queue.ts';
import { owner } from './owners.ts';

/** The pages that are named as working on something that is kept. */
export async function ownersIn(kept: KeptQueue): Promise<Set<string>> {
  const { kept: rows } = await kept.read();
  return new Set(rows.map(({ entry }) => entry.owner).filter((each) => each !== owner));
}

/**
 * Takes up what a page left that is gone: this one before it was loaded anew, or one that crashed. What the browser lets us read goes on
 * by itself; the rest waits for the person.
 */
export async function takeUp(other: string, kept: KeptQueue, sources: FileSources): Promise<UploadEntry[]> {
  const { kept: rows, roots } = await kept.read();
  sources.restoreRoots(roots);
  const readable = new Map<string | null, boolean>([[null, false]]);
  // The browser keeps them by the letters of their names, of which the tenth comes before the second.
  const mine = rows.filter(({ entry }) => entry.owner === other).toSorted((a, b) => byGiven(a.entry, b.entry));
  for (const { entry, handle } of mine) {
    sources.restore(entry.id, handle);
    if (!readable.has(entry.root)) readable.set(entry.root, await sources.isReadable(entry.root));
    entry.owner = owner;
    if (hasEnded(entry)) continue;
    entry.message = null;
    entry.hashedBytes = 0;
    if (readable.get(entry.root) !== true) entry.state = 'lost';
    else if (entry.state !== 'paused') entry.state = 'waiting';
  }
  return mine.map(({ entry }) => entry);
}

/** The roots that have to be allowed again, with the number of files that wait for each. */
export function lostRoots(entries: Iterable<UploadEntry>, sources: FileSources): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { root, state } of entries) {
    if (state === 'lost' && root !== null && sources.roots.has(root)) counts.set(root, (counts.get(root) ?? 0) + 1);
  }
  return counts;
}
