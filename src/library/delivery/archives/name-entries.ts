import { parse } from 'node:path/posix';
import { cutToBytes, parentsOf } from '../../../base/text.ts';
import { safeEntryName } from './safe-entry-name.ts';

// Nearly every filesystem has this limit for one name: a file with a longer one cannot be unpacked.
const maxNameBytes = 255;

/**
 * Returns the names of files inside an archive, in their order: safe on every system, and no two of them the same, also
 * where case and composition of letters make no difference. Later ones get ` (1)`, ` (2)` before their extension.
 */
export function nameEntries(paths: readonly string[]): string[] {
  const safeNames = paths.map(safeEntryName);
  // A file must not stand where another one needs a folder.
  const taken = new Set(safeNames.flatMap(parentsOf).map(identity));
  const nextSuffix = new Map<string, number>();

  function makeUnique(name: string): string {
    const { dir, name: stem, ext } = parse(name);
    let candidate = name;
    let suffix = nextSuffix.get(identity(name)) ?? 1;
    while (taken.has(identity(candidate))) {
      const ending = ` (${suffix})${ext}`;
      candidate = `${dir === '' ? '' : `${dir}/`}${cutStem(stem, maxNameBytes - Buffer.byteLength(ending))}${ending}`;
      suffix += 1;
    }
    // The search for the next suffix of this name begins here: a thousand files of one name would otherwise take a
    // million lookups.
    nextSuffix.set(identity(name), suffix);
    taken.add(identity(candidate));
    return candidate;
  }
  return safeNames.map(makeUnique);
}

/** Cuts a stem, and keeps at least its first character. */
function cutStem(stem: string, bytes: number): string {
  return cutToBytes(stem, bytes) || (Array.from(stem)[0] ?? '');
}

function identity(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
