import { uploadTexts } from '../words/uploads.ts';
import { fingerprint, hasEnded, type UploadEntry } from './entry.ts';
import type { FileSources } from './file-sources.ts';
import { kindOf } from './media-kinds.ts';
import type { UploadFacts } from './send-entry.ts';
import { whyNot } from './targets.ts';
import type { Found } from './walk.ts';

interface IntakeOptions {
  entries: ReadonlyMap<string, UploadEntry>;
  sources: Pick<FileSources, 'add' | 'nameRoot'>;
  /** The page that works on them. */
  owner: string;
  /** Null where it is not known yet: it is looked at again before a file is sent. */
  facts: UploadFacts | null;
  /** Takes some more into the queue. */
  add: (batch: UploadEntry[]) => Promise<void>;
  /** A file that was lost is there again. */
  giveAgain: (entry: UploadEntry, found: Found) => void;
}

const addedAtOnce = 200;
let lastNumber = 0;

/**
 * Takes files in as they are found, some at a time, so that the page stays at hand. What is in the queue already is not taken twice;
 * what has no chance is refused at once, with what would fit. Returns how many were found, and how many of them were wanted.
 */
export async function takeIn(
  found: AsyncIterable<Found> | Iterable<Found>,
  { entries, sources, owner, facts, add, giveAgain }: IntakeOptions,
): Promise<{ found: number; taken: number }> {
  const open = [...entries.values()].filter((entry) => !hasEnded(entry));
  const byPrint = new Map(open.map((entry) => [fingerprint(entry), entry]));
  // A file that is chosen again comes without the folder that it was dropped in.
  const lost = open.filter(({ state }) => state === 'lost').toReversed();
  const lostByName = new Map(lost.map((entry) => [fingerprint({ ...entry, folder: '' }), entry]));
  let batch: UploadEntry[] = [];
  let [count, taken] = [0, 0];
  for await (const each of found) {
    count++;
    const entry = toEntry(each, sources, owner);
    const print = fingerprint(entry);
    const earlier = byPrint.get(print) ?? lostByName.get(print);
    if (earlier !== undefined) {
      if (earlier.state !== 'lost' || each.file === null) continue;
      taken++;
      giveAgain(earlier, each);
      continue;
    }
    taken++;
    byPrint.set(print, entry);
    const reason = facts === null ? null : whyNot(entry, facts.targets, facts.maxBytes);
    if (each.file === null) Object.assign(entry, { state: 'failed', message: uploadTexts.unreadable });
    else if (reason !== null) Object.assign(entry, { state: 'refused', message: reason });
    sources.add(entry.id, each);
    batch.push(entry);
    if (batch.length < addedAtOnce) continue;
    await add(batch);
    batch = [];
  }
  if (batch.length > 0) await add(batch);
  return { found: count, taken };
}

function toEntry({ name, file, folder, root }: Found, sources: IntakeOptions['sources'], owner: string): UploadEntry {
  return {
    id: `${owner}-${++lastNumber}`,
    name,
    folder,
    size: file?.size ?? 0,
    lastModified: file?.lastModified ?? 0,
    kind: kindOf(name, file?.type ?? ''),
    state: 'waiting',
    sentBytes: 0,
    url: null,
    sha256: null,
    hashedBytes: 0,
    category: null,
    allowDuplicate: false,
    item: null,
    message: null,
    root: root === null ? null : sources.nameRoot(root),
    owner,
  };
}
