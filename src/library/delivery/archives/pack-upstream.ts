import { dirname, basename, join } from 'node:path/posix';
import { addAbortSignal, Readable } from 'node:stream';
import { parentsOf } from '../../../base/text.ts';
import type { ArchiveEntry } from './archive-file.ts';
import type { ArchiveUpstream } from './archive-upstream.ts';
import { verifyZip } from './verify-zip.ts';

/** A part of one folder of the upstream. */
export interface UpstreamSelection {
  /** The folder as a path of the upstream. */
  folderPath: string;
  /** The sizes that the catalogue has of the wanted files, by their paths below the folder. */
  sizes: ReadonlyMap<string, number>;
  /** True for all of the folder; false for some of the files directly in it. */
  isWholeFolder: boolean;
}

// Beyond these limits, comparing costs more than packing here.
const maxEntries = 1000;
const maxFolders = 32;
const maxListingMs = 5000;

/**
 * Returns the entries as copyparty could pack them: some files of one folder. Null where they lie in several, or where
 * they need other names than their own, since copyparty does not make names unique.
 */
export function toSelection(entries: readonly ArchiveEntry[]): UpstreamSelection | null {
  const [first] = entries;
  if (first === undefined) return null;
  const folder = dirname(first.file.relativePath);
  const areTogether = entries.every(
    ({ file, name }) =>
      file.copypartyPath === first.file.copypartyPath &&
      file.rootPath === first.file.rootPath &&
      dirname(file.relativePath) === folder &&
      name === basename(file.relativePath),
  );
  if (!areTogether) return null;
  return {
    folderPath: join(first.file.copypartyPath, folder),
    sizes: new Map(entries.map(({ name, file }) => [name, file.sizeBytes])),
    isWholeFolder: false,
  };
}

/**
 * Returns the selection of everything that the catalogue has below a folder. Null where an entry's name is not `prefix`
 * and its path below the folder.
 */
export function toWholeFolder(
  entries: readonly ArchiveEntry[],
  folder: string,
  prefix: string,
): UpstreamSelection | null {
  const [first] = entries;
  if (first === undefined) return null;
  const below = entries.map(({ file }) => file.relativePath.slice(folder === '' ? 0 : folder.length + 1));
  if (entries.some(({ name }, index) => name !== `${prefix}/${below[index]}`)) return null;
  return {
    folderPath: join(first.file.copypartyPath, folder),
    sizes: new Map(entries.map(({ file }, index) => [below[index] ?? '', file.sizeBytes])),
    isWholeFolder: true,
  };
}

/**
 * Whether copyparty would pack just these files: it silently leaves out what it does not find, and puts all files of a
 * folder into the folder's archive. Throws what the upstream throws.
 */
export async function isPackedAlike(
  upstream: ArchiveUpstream,
  selection: UpstreamSelection,
  client: AbortSignal,
): Promise<boolean> {
  const signal = AbortSignal.any([client, AbortSignal.timeout(maxListingMs)]);
  const { sizes, folderPath, isWholeFolder } = selection;
  const wantedFolders = new Set([...sizes.keys()].flatMap(parentsOf));
  if (sizes.size > maxEntries || wantedFolders.size > maxFolders) return false;
  let found = 0;
  for (const folder of ['', ...wantedFolders]) {
    const { files, folders } = await upstream.list(join(folderPath, folder), signal);
    if (isWholeFolder && folders.some((name) => !wantedFolders.has(join(folder, name)))) return false;
    for (const { name, sizeBytes } of files) {
      const isWanted = sizes.get(join(folder, name)) === sizeBytes;
      if (isWanted) found += 1;
      else if (isWholeFolder) return false;
    }
  }
  return found === sizes.size;
}

/** Opens copyparty's archive of the files, which is verified while it is read. Rejects where copyparty gives none. */
export async function openUpstreamZip(
  upstream: ArchiveUpstream,
  { folderPath, sizes, isWholeFolder }: UpstreamSelection,
  signal: AbortSignal,
): Promise<Readable> {
  const zip = await upstream.openZip(folderPath, isWholeFolder ? null : [...sizes.keys()], signal);
  const toRelativePath = isWholeFolder ? (name: string) => name.slice(name.indexOf('/') + 1) : (name: string) => name;
  // The zip is aborted itself, as `verifyZip` may be waiting for its next bytes. The reader of the archive gets the
  // error.
  addAbortSignal(signal, zip).once('error', () => undefined);
  return Readable.from(verifyZip(zip, sizes, toRelativePath), { objectMode: false });
}
